// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * A body in memory that a client may keep.
 *
 * @param print tells it from all others, short enough for an address
 */
record Content(String mediaType, Body body, String print) {
    private static final int PRINT_LENGTH = 20;

    static Content of(String mediaType, Body body) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body.buffer());
            String print = HexFormat.of().formatHex(digest.digest()).substring(0, PRINT_LENGTH);
            return new Content(mediaType, body, print);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Answers it, or 304 to whoever has it. */
    Response answer(Request request, String cacheControl) {
        String tag = "\"" + print + "\"";
        Response response = request.headers().all("If-None-Match").stream().anyMatch(sent -> names(sent, tag))
                ? Response.status(304)
                : Response.of(200, mediaType, body);
        return response.with("ETag", tag).with("Cache-Control", cacheControl);
    }

    // RFC 9110, section 13.1.2: the weak comparison, so a tag that a proxy weakened counts.
    private static boolean names(String sent, String tag) {
        return Stream.of(sent.split(",", -1))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }
}
