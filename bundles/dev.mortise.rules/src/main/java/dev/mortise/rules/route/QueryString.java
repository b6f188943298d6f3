// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the query of a request: name=value pairs joined by '&', percent-encoded UTF-8, '+' for a space. */
public final class QueryString {
    private QueryString() {}

    /** What reading a query came to. */
    public sealed interface Reading {
        /** The parameters in the order of their first appearance, each with its values in order; unmodifiable. */
        record Parameters(Map<String, List<String>> values) implements Reading {}

        /** The query is refused as VALIDATION_FAILED; the reason is a sentence for the caller. */
        record Bad(String reason) implements Reading {}
    }

    /** Reads a raw query, without its question mark; more than {@code limit} pairs are refused. */
    public static Reading read(String raw, int limit) {
        if (raw.isEmpty()) {
            return new Reading.Parameters(Map.of());
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return new Reading.Bad("The query holds a character that must be percent-encoded as UTF-8.");
            }
        }
        return pairs(raw, limit);
    }

    private static Reading pairs(String raw, int limit) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int count = 0;
        for (int start = 0; start <= raw.length(); ) {
            int ampersand = raw.indexOf('&', start);
            int end = ampersand < 0 ? raw.length() : ampersand;
            if (end > start) {
                if (++count > limit) {
                    return new Reading.Bad("The query has more than " + limit + " parameters.");
                }
                if (!add(raw.substring(start, end), values)) {
                    return new Reading.Bad(
                            "The query holds a '%' that is not followed by an encoded UTF-8 character, or a NUL.");
                }
            }
            start = end + 1;
        }
        values.replaceAll((name, list) -> Collections.unmodifiableList(list));
        return new Reading.Parameters(Collections.unmodifiableMap(values));
    }

    private static boolean add(String pair, Map<String, List<String>> values) {
        int equals = pair.indexOf('=');
        var name = PercentDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), true);
        var value = PercentDecoder.decode(equals < 0 ? "" : pair.substring(equals + 1), true);
        if (name instanceof PercentDecoder.Decoded n && value instanceof PercentDecoder.Decoded v) {
            values.computeIfAbsent(n.text(), key -> new ArrayList<>(1)).add(v.text());
            return n.text().indexOf('\0') < 0 && v.text().indexOf('\0') < 0;
        }
        return false;
    }
}
