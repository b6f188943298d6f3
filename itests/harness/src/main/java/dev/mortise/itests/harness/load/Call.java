// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One request without content that is sent again and again.
 *
 * @param right tells whether an answer of status 200 is one that may be given
 */
public record Call(URI base, String path, Map<String, String> fields, Predicate<Answer> right) {
    /** Makes a GET of a path with the fields of a client; any 200 is right. */
    public static Call get(Client client, String path) {
        return new Call(client.base(), path, client.fields(), answer -> true);
    }

    /** Answers this call with a judge of its answers. */
    public Call expecting(Predicate<Answer> judge) {
        return new Call(base, path, fields, judge);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        text.append("Host: ").append(base.getAuthority()).append("\r\n");
        fields.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        return text.append("\r\n").toString().getBytes(UTF_8);
    }
}
