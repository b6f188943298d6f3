// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpExchange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Answers 304 to whoever has what a handler would send him again (RFC 9110, section 13). A handler only sets ETag or
 * Last-Modified; conditions of methods that change something are its own.
 */
final class Conditions {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final String TAGS = "If-None-Match";
    private static final String SINCE = "If-Modified-Since";

    private Conditions() {}

    /** Answers the response itself, or the same one as 304: the listener leaves out its content and what describes that. */
    static Response judged(HttpExchange exchange, Response response) {
        if (response.status() != OK || !reads(exchange.method())) {
            return response;
        }
        Headers asked = exchange.headers();
        boolean tags = asked.first(TAGS).isPresent();
        if (!tags && asked.first(SINCE).isEmpty()) {
            return response;
        }
        boolean known = tags
                ? has(asked.all(TAGS), response.headers().first("ETag"))
                : unmodified(asked.first(SINCE), response.headers().first("Last-Modified"));
        return known ? new Response(NOT_MODIFIED, response.headers(), response.body()) : response;
    }

    private static boolean reads(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static boolean has(List<String> sent, Optional<String> tag) {
        String opaque = opaque(tag.map(String::strip).orElse(""));
        return sent.stream().anyMatch(one -> one.strip().equals("*") || (!opaque.isEmpty() && lists(one, opaque)));
    }

    /** The weak comparison (section 8.8.3.2): whether one of the two is weak does not count. */
    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /**
     * Looks through a list of tags; a tag is between quotes and may hold commas, and members may be empty (section
     * 5.6.1.2). Behind what is no tag nothing is read.
     */
    private static boolean lists(String sent, String opaque) {
        int at = afterSeparator(sent, 0);
        while (at < sent.length()) {
            if (sent.startsWith("W/", at)) {
                at += 2;
            }
            int end = sent.charAt(at) == '"' ? sent.indexOf('"', at + 1) : -1;
            if (end < 0) {
                return false;
            }
            if (sent.substring(at, end + 1).equals(opaque)) {
                return true;
            }
            at = afterSeparator(sent, end + 1);
        }
        return false;
    }

    private static int afterSeparator(String sent, int from) {
        int at = from;
        while (at < sent.length() && ", \t".indexOf(sent.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static boolean unmodified(Optional<String> since, Optional<String> modified) {
        if (since.isEmpty() || modified.isEmpty()) {
            return false;
        }
        // A date that can't be read is ignored, as section 13.1.3 has it.
        Optional<Instant> known = HttpDate.read(since.get());
        Optional<Instant> last = HttpDate.read(modified.get());
        return known.isPresent() && last.isPresent() && !last.get().isAfter(known.get());
    }
}
