// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Proof key for code exchange, method S256 (RFC 7636). */
public final class Pkce {
    /** Random bytes that a verifier, or a state, is made of. */
    public static final int RANDOM_BYTES = 32;

    private Pkce() {}

    /** Writes random bytes as a verifier or a state: base64url without padding. */
    public static String text(byte[] random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Answers the challenge of a verifier: SHA-256 as base64url without padding. */
    public static String challenge(String verifier) {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
