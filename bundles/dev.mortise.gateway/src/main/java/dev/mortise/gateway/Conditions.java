// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.field.HttpDate;
import dev.mortise.kernel.port.HttpExchange;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers 304 to whoever has what a handler would send him again, and 412 to whoever wants something else (RFC 9110,
 * section 13). A handler only sets ETag or Last-Modified; conditions of methods that change something are its own.
 */
final class Conditions {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final String IF_MATCH = "If-Match";
    private static final String IF_UNMODIFIED = "If-Unmodified-Since";
    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final String IF_MODIFIED = "If-Modified-Since";

    private Conditions() {}

    /** Answers why its sender does not want the response; null when he does, or when it has nothing to judge that by. */
    static @Nullable Refusal failed(HttpExchange exchange, Response response) {
        Headers asked = exchange.headers();
        boolean tags = asked.first(IF_MATCH).isPresent();
        if ((!tags && asked.first(IF_UNMODIFIED).isEmpty()) || !judges(exchange, response)) {
            return null;
        }
        String condition = tags ? IF_MATCH : IF_UNMODIFIED;
        boolean wanted = tags ? matches(asked, response) : !modified(asked.first(IF_UNMODIFIED), response);
        return wanted ? null : refusal(condition);
    }

    /** Answers the response itself, or the same one as 304: the listener leaves out its content and what describes that. */
    static Response judged(HttpExchange exchange, Response response) {
        Headers asked = exchange.headers();
        boolean tags = asked.first(IF_NONE_MATCH).isPresent();
        if ((!tags && asked.first(IF_MODIFIED).isEmpty()) || !judges(exchange, response)) {
            return response;
        }
        boolean known = tags
                ? EntityTags.haveWeakly(asked.all(IF_NONE_MATCH), tag(response).orElse(""))
                : unmodified(asked.first(IF_MODIFIED), response);
        return known ? new Response(NOT_MODIFIED, response.headers(), response.body()) : response;
    }

    private static boolean judges(HttpExchange exchange, Response response) {
        String method = exchange.method();
        return response.status() == OK && (method.equals("GET") || method.equals("HEAD"));
    }

    private static Optional<String> tag(Response response) {
        return response.headers().first("ETag").map(String::strip);
    }

    private static boolean matches(Headers asked, Response response) {
        Optional<String> tag = tag(response);
        return tag.isEmpty() || EntityTags.haveStrongly(asked.all(IF_MATCH), tag.get());
    }

    private static boolean unmodified(Optional<String> since, Response response) {
        Optional<Instant> known = since.flatMap(HttpDate::read);
        Optional<Instant> last = modification(response);
        return known.isPresent() && last.isPresent() && !last.get().isAfter(known.get());
    }

    private static boolean modified(Optional<String> since, Response response) {
        Optional<Instant> known = since.flatMap(HttpDate::read);
        Optional<Instant> last = modification(response);
        // A date that can't be read is ignored, as sections 13.1.3 and 13.1.4 have it.
        return known.isPresent() && last.isPresent() && last.get().isAfter(known.get());
    }

    private static Optional<Instant> modification(Response response) {
        return response.headers().first("Last-Modified").flatMap(HttpDate::read);
    }

    private static Refusal refusal(String condition) {
        return Refusal.of(
                ErrorCode.PRECONDITION_FAILED,
                "What is there now is not what %s asks for. Ask without it, and take what you get."
                        .formatted(condition));
    }
}
