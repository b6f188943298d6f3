// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells which fields of a request no handler sees: credentials, whatever claims an identity, and what is meant for the
 * next hop only (RFC 9110, section 7.6.1). A name is judged with '_' and '.' read as '-', because some programs read
 * them so.
 */
final class HiddenFields {
    private static final Set<String> NAMES = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "forwarded",
            "x-tenant",
            "x-caller",
            "x-plugin",
            "x-user",
            "x-forwarded",
            "connection",
            "proxy-connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");
    private static final String[] PREFIXES = {
        "x-mortise-", "x-tenant-", "x-caller-", "x-plugin-", "x-user-", "x-forwarded-", "x-real-", "x-original-"
    };

    private HiddenFields() {}

    /** Tells whether the field is hidden whatever the request says. */
    static boolean hides(String name) {
        String plain = plain(name);
        if (NAMES.contains(plain)) {
            return true;
        }
        for (String prefix : PREFIXES) {
            if (plain.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether the request's Connection field names this one, which makes it one of the hop. */
    static boolean hopByHop(Headers headers, String name) {
        if (headers.first("Connection").isEmpty()) {
            return false;
        }
        List<String> options = headers.all("Connection");
        for (int i = 0; i < options.size(); i++) {
            if (lists(options.get(i), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean lists(String options, String name) {
        int from = 0;
        while (from <= options.length()) {
            int comma = options.indexOf(',', from);
            int to = comma < 0 ? options.length() : comma;
            if (options.substring(from, to).strip().equalsIgnoreCase(name)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }
}
