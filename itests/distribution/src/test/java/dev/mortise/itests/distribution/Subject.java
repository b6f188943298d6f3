// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.RawConnection.Reply;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The plugin at one place, as clients of its tenant, its operator and other plugins see it. */
record Subject(Place place, Container container, WorkerProgram remote, Client mate) {
    static final String NO_CLIENTS =
            "a plugin elsewhere offers services to plugins and no routes to clients (docs/decisions/0015)";

    /** Answers the path of a route for whoever calls it. */
    String path(String route) {
        return place == Place.REMOTE
                ? "/api/v1/s/" + place.plugin() + ".rows" + route
                : "/api/v1/p/" + place.plugin() + route;
    }

    /** Answers a client of the tenant who may do everything; where clients do not come, the plugin that calls it. */
    Client client() {
        return place == Place.REMOTE ? mate : container.client();
    }

    Answer get(String route) {
        return client().get(path(route));
    }

    Answer post(String route) {
        return client().post(path(route), "");
    }

    /** Sends a request of exactly these bytes behind the fields of the client, and reads the answer. */
    Reply raw(String method, String route, String fieldsAndContent) throws IOException {
        try (RawConnection connection = RawConnection.to(client())) {
            connection.send(
                    method + " " + path(route) + " HTTP/1.1\r\n" + RawConnection.fields(client()) + fieldsAndContent);
            return method.equals("HEAD") ? connection.readStart() : connection.read();
        }
    }

    Reply raw(String method, String route) throws IOException {
        return raw(method, route, "\r\n");
    }

    /** Answers the fields of an answer, in lower case as no name is another one by that, but those that differ each time. */
    static Map<String, String> fields(Reply reply) {
        Map<String, String> fields = new TreeMap<>();
        reply.fields().forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
        fields.remove("date");
        fields.remove("x-request-id");
        return fields;
    }

    /** Answers a text with the plugin's id left open. */
    String open(String text) {
        return text.replace(place.plugin(), "<plugin>");
    }

    /** Tells whether the container's log has a line of the plugin with these texts. */
    boolean logged(String... texts) throws IOException {
        List<String> wanted = new ArrayList<>(List.of(texts));
        wanted.add("plugin=" + place.plugin());
        return Files.readAllLines(container.home().resolve("log/mortise.log")).stream()
                .anyMatch(line -> wanted.stream().allMatch(line::contains));
    }

    /** Answers what is settled of the plugin for the tenant. */
    String installation() {
        return "/api/v1/tenants/default/plugins/" + place.plugin();
    }

    /** Waits until a route answers a text. */
    void awaitText(String route, String text) {
        org.awaitility.Awaitility.await(path(route))
                .atMost(java.time.Duration.ofSeconds(30))
                .pollInterval(java.time.Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(get(route).body()).isEqualTo(text));
    }
}
