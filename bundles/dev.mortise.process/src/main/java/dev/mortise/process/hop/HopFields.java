// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Headers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Carries fields across, without those that are meant for one connection (RFC 9110, sections 7.6.1 and 11.7). */
final class HopFields {
    private static final Set<String> OF_A_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "content-length");
    private static final Set<String> OF_A_REQUEST = Set.of("host", "expect");
    private static final String OURS = "x-mortise-";

    private HopFields() {}

    /**
     * Writes the fields of a request.
     *
     * @throws IllegalArgumentException for what is no field, such as one that would begin another
     */
    static void write(Headers from, HttpFields.Mutable to) {
        Set<String> dropped = named(from.all("Connection"));
        from.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_A_HOP.contains(lower) && !OF_A_REQUEST.contains(lower) && !dropped.contains(lower)) {
                values.forEach(value -> to.add(field(name, value)));
            }
        });
    }

    /** Answers the fields of an answer. */
    static Headers read(HttpFields from) {
        Set<String> dropped = named(from.getValuesList("Connection"));
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : from) {
            String lower = field.getLowerCaseName();
            String value = field.getValue();
            if (!OF_A_HOP.contains(lower) && !dropped.contains(lower)) {
                fields.computeIfAbsent(field.getName(), made -> new ArrayList<>(1))
                        .add(value == null ? "" : value);
            }
        }
        return Headers.of(fields);
    }

    /** Answers what Connection names; the fields by which the gateway speaks can't be taken away so. */
    private static Set<String> named(Collection<String> connection) {
        if (connection.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String value : connection) {
            for (String name : value.split(",", -1)) {
                String lower = name.strip().toLowerCase(Locale.ROOT);
                if (!lower.startsWith(OURS)) {
                    names.add(lower);
                }
            }
        }
        return names;
    }

    private static HttpField field(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(HopFields::isTokenCharacter)) {
            throw new IllegalArgumentException(
                    "'" + name.replaceAll("[^\\x20-\\x7e]", "?") + "' is no name of a field.");
        }
        if (!value.chars().allMatch(HopFields::isValueCharacter)) {
            throw new IllegalArgumentException("The value of field '" + name + "' holds a control character.");
        }
        return new HttpField(name, value);
    }

    private static boolean isTokenCharacter(int c) {
        return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    private static boolean isValueCharacter(int c) {
        return c == '\t' || (c >= ' ' && c != 0x7f);
    }
}
