// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The text of a core token: a credential, which is never logged and never kept. 256 random bits need no slow hash, so
 * its SHA-256 is what is stored and looked up.
 */
record TokenText(String text) {
    private static final String MARK = "mor_";
    private static final String KINDS = "apr";
    /** Copied for each use, because looking an algorithm up costs as much as the digest. Nothing is ever put into this one. */
    private static final MessageDigest SHA_256 = sha256();

    private static final int RANDOM_BYTES = 32;
    private static final int SECRET_BEGINS = MARK.length() + 2;
    private static final int LENGTH = SECRET_BEGINS + 43;

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

    /** Tells whether it is {@code mor_}, the letter of a kind, an underscore and 43 characters of base64url. */
    boolean wellFormed() {
        if (text.length() != LENGTH
                || !text.startsWith(MARK)
                || KINDS.indexOf(text.charAt(MARK.length())) < 0
                || text.charAt(SECRET_BEGINS - 1) != '_') {
            return false;
        }
        for (int i = SECRET_BEGINS; i < LENGTH; i++) {
            if (!ofBase64Url(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean ofBase64Url(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** Answers the SHA-256 in lower-case hexadecimal. */
    String hash() {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digest() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's SHA-256 can be copied.", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return MARK + "***";
    }
}
