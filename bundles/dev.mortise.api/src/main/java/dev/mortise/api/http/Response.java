// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.util.Objects;

/** What a handler answers: status, fields and content. */
public record Response(int status, Headers headers, Body body) {
    public Response {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("A final HTTP status lies between 200 and 599, not " + status + ".");
        }
        Objects.requireNonNull(headers, "headers is null");
        Objects.requireNonNull(body, "body is null");
    }

    /** Makes an answer without content. */
    public static Response status(int status) {
        return new Response(status, Headers.none(), Body.empty());
    }

    /** Makes an answer with content of the given media type. */
    public static Response of(int status, String mediaType, Body body) {
        return new Response(status, Headers.of("Content-Type", mediaType), body);
    }

    /** Makes a 200 answer of plain text. */
    public static Response text(String text) {
        return of(200, "text/plain;charset=utf-8", Body.of(text));
    }

    /** Answers this response with one field set. */
    public Response with(String name, String value) {
        return new Response(status, headers.with(name, value), body);
    }
}
