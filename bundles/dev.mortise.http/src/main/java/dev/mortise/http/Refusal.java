// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A refusal that the listener itself answers, before or without the gateway, as a problem document (RFC 9457). Written by
 * hand: it must work while no JSON bundle is there. It names no path, because of many refused requests none is known.
 *
 * @param requestId names it in the answer, the logs and the counts
 * @param status differs from the code's own where HTTP has a finer one
 */
record Refusal(ErrorCode code, int status, String detail, String requestId) {
    static final String MEDIA_TYPE = "application/problem+json";
    static final String ID_FIELD = "X-Request-Id";

    Refusal(ErrorCode code, int status, String detail) {
        this(code, status, detail, newId());
    }

    Refusal(ErrorCode code, String detail) {
        this(code, code.status(), detail);
    }

    /** Makes the answer. */
    Response response() {
        return Response.of(status, MEDIA_TYPE, Body.of(json()))
                .with("Cache-Control", "no-store")
                .with(ID_FIELD, requestId);
    }

    /** Writes the problem document. */
    String json() {
        return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\",\"requestId\":\"%s\"}"
                .formatted(escape(HttpStatus.getMessage(status)), status, code, escape(detail), requestId);
    }

    static String newId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').append((char) c);
            } else if (c < 0x20 || c > 0x7e) {
                escaped.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
