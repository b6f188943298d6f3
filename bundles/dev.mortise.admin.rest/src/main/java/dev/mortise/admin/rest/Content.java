// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

    /** Answers it with its tag; the gateway answers 304 to whoever has it. */
    Response answer(String cacheControl) {
        return Response.of(200, mediaType, body)
                .with("ETag", "\"" + print + "\"")
                .with("Cache-Control", cacheControl);
    }
}
