// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The fields of a plugin's answer that a plugin which asked it sees: neither those of one connection (RFC 9110, section
 * 7.6.1) nor a length, which the body knows better, nor those by which the gateway speaks.
 */
final class AnsweredFields {
    private static final String PREFIX = "X-Mortise-";

    private AnsweredFields() {}

    /** Answers the fields; nearly always they are as they were. */
    static Headers of(Headers answered) {
        Judge judge = new Judge();
        answered.forEach(judge);
        return judge.found ? without(answered) : answered;
    }

    private static final class Judge implements BiConsumer<String, List<String>> {
        private boolean found;

        @Override
        public void accept(String name, List<String> values) {
            found |= drops(name);
        }
    }

    private static Headers without(Headers answered) {
        Map<String, List<String>> fields = new HashMap<>();
        answered.forEach((name, values) -> {
            if (!drops(name) && !HiddenFields.hopByHop(answered, name)) {
                fields.put(name, values);
            }
        });
        return Headers.of(fields);
    }

    /** Goes by the length first, because nearly every call between plugins asks this of one field. */
    private static boolean drops(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 7 -> name.equalsIgnoreCase("Trailer") || name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 ->
                name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("HTTP2-Settings") || isGateways(name);
            case 16 -> name.equalsIgnoreCase("Proxy-Connection") || isGateways(name);
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding") || isGateways(name);
            default -> isGateways(name);
        };
    }

    private static boolean isGateways(String name) {
        return name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }
}
