// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.http.Headers;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Carries the fields of an answer to Jetty, without those that belong to the connection or name the software. */
final class ResponseFields {
    /** Hop-by-hop fields (RFC 9110, section 7.6.1), the length, which the listener knows better, and what names software. */
    private static final Set<HttpHeader> OWN = EnumSet.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TE,
            HttpHeader.TRAILER,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE,
            HttpHeader.CONTENT_LENGTH,
            HttpHeader.SERVER,
            HttpHeader.X_POWERED_BY);

    private ResponseFields() {}

    /** Copies the fields; answers what is wrong with one of them, and then the target is of no use. */
    static Optional<String> copy(Headers from, HttpFields.Mutable to) {
        Set<String> named = namedByConnection(from);
        for (String name : from.names()) {
            HttpHeader known = HttpHeader.CACHE.get(name);
            if (named.contains(name) || (known != null && OWN.contains(known))) {
                continue;
            }
            Optional<String> fault = copy(known, name, from.all(name), to);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Set<String> namedByConnection(Headers from) {
        List<String> connection = from.all("Connection");
        if (connection.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        connection.forEach(value -> List.of(value.split(",", -1)).forEach(name -> names.add(name.strip())));
        return names;
    }

    private static Optional<String> copy(
            @Nullable HttpHeader known, String name, List<String> values, HttpFields.Mutable to) {
        if (known == null && !isToken(name)) {
            return Optional.of("'" + printable(name) + "' is no name of a field");
        }
        boolean first = true;
        for (String value : values) {
            if (!isFieldValue(value)) {
                return Optional.of("the value of field '" + name + "' holds a control character");
            }
            HttpField field = new HttpField(known, name, value);
            if (first) {
                to.put(field);
                first = false;
            } else {
                to.add(field);
            }
        }
        return Optional.empty();
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(ResponseFields::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int c) {
        return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    private static boolean isFieldValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
