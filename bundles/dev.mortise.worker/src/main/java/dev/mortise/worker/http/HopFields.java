// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.http.Headers;
import dev.mortise.worker.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The fields of a request from the gateway: those of the hop, and those that the plugin's handler sees. */
record HopFields(Exchange exchange) {
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

    /** Answers a field that the gateway adds to every call, such as Token. */
    Optional<String> mortise(String name) {
        return exchange.field("X-Mortise-" + name);
    }

    Optional<String> traceparent() {
        return exchange.field(TRACEPARENT);
    }

    /** Answers what the plugin's handler sees. */
    Headers visible() {
        Map<String, List<String>> visible = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.fields((name, value) -> {
            String plain = name.toLowerCase(Locale.ROOT);
            if (!plain.startsWith(PREFIX) && !OF_THE_HOP.contains(plain)) {
                visible.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
            }
        });
        mortise("Host").ifPresent(host -> visible.put("Host", List.of(host)));
        return Headers.of(visible);
    }
}
