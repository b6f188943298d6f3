// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The text of a token: {@code mwt_} and 32 random bytes. A slow hash protects what people choose; 256 random bits can't
 * be guessed, so their SHA-256 is what is stored.
 */
record TokenText(String text) {
    private static final String MARK = "mwt_";
    private static final int SHAPE_LENGTH = MARK.length() + 43;
    private static final int PREFIX_LENGTH = MARK.length() + 8;
    private static final int RANDOM_BYTES = 32;

    static TokenText make(SecureRandom random) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        return new TokenText(MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Tells whether a bearer token is one of this plugin's kind. */
    static boolean claimed(String bearer) {
        return bearer.startsWith(MARK);
    }

    boolean wellFormed() {
        return text.length() == SHAPE_LENGTH;
    }

    /** Answers the beginning, by which people tell their tokens apart. */
    String prefix() {
        return text.substring(0, PREFIX_LENGTH);
    }

    /** Answers the SHA-256 in lower-case hexadecimal. */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return MARK + "***";
    }
}
