// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import com.sun.net.httpserver.HttpExchange;
import dev.mortise.api.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The fields of a request from the gateway: those of the hop, and those that the plugin's handler sees. */
record HopFields(com.sun.net.httpserver.Headers fields) {
    static final String TRACEPARENT = "traceparent";

    private static final String PREFIX = "x-mortise-";
    /** Those of one connection (RFC 9110, section 7.6.1), and the one that names this server and not the one that was asked. */
    private static final Set<String> OF_THE_HOP = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            "host",
            "authorization");

    static HopFields of(HttpExchange exchange) {
        return new HopFields(exchange.getRequestHeaders());
    }

    /** Answers a field that the gateway adds to every call, such as Token. */
    Optional<String> mortise(String name) {
        return Optional.ofNullable(fields.getFirst("X-Mortise-" + name));
    }

    Optional<String> traceparent() {
        return Optional.ofNullable(fields.getFirst(TRACEPARENT));
    }

    /** Answers how long the content is; empty when it comes in chunks. */
    OptionalLong contentLength() {
        String length = fields.getFirst("Content-Length");
        if (length != null) {
            return OptionalLong.of(Long.parseLong(length));
        }
        return fields.containsKey("Transfer-Encoding") ? OptionalLong.empty() : OptionalLong.of(0);
    }

    /** Answers what the plugin's handler sees. */
    Headers visible() {
        Map<String, List<String>> visible = new HashMap<>();
        fields.forEach((name, values) -> {
            String plain = name.toLowerCase(Locale.ROOT);
            if (!plain.startsWith(PREFIX) && !OF_THE_HOP.contains(plain)) {
                visible.put(name, values);
            }
        });
        mortise("Host").ifPresent(host -> visible.put("Host", List.of(host)));
        return Headers.of(visible);
    }
}
