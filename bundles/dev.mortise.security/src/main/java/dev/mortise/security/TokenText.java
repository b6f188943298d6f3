// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The text of a core token: a credential, which is never logged and never kept. 256 random bits need no slow hash, so
 * its SHA-256 is what is stored and looked up.
 */
record TokenText(String text) {
    private static final String MARK = "mor_";
    private static final Pattern SHAPE = Pattern.compile("mor_[apr]_[A-Za-z0-9_-]{43}");
    private static final int RANDOM_BYTES = 32;

    static TokenText make(TokenKind kind, SecureRandom random) {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new TokenText(MARK + kind.letter() + "_" + encoded);
    }

    /** Tells whether a bearer token claims to be the core's: plugins are never shown such a one. */
    static boolean claimed(String bearer) {
        return bearer.startsWith(MARK);
    }

    boolean wellFormed() {
        return SHAPE.matcher(text).matches();
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
