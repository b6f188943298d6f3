// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One contestant under load.
 *
 * @param requests sent in turn
 * @param pid the process whose CPU time counts
 */
record Lane(String name, URI base, List<byte[]> requests, long pid) {
    static Lane of(String name, Server server, Map<String, String> fields, List<String> paths) {
        return new Lane(
                name,
                server.base(),
                paths.stream().map(path -> request(server.base(), path, fields)).toList(),
                server.pid());
    }

    private static byte[] request(URI base, String path, Map<String, String> fields) {
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        text.append("Host: ").append(base.getAuthority()).append("\r\n");
        fields.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(US_ASCII);
    }
}
