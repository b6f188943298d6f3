// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that secrets are sealed with: 256 random bits, and an id that tells nothing about them.
 *
 * @param retired since when it opens only, because there is a newer one
 */
record SecretKey(String id, SecretKeySpec key, Optional<Instant> retired) {
    private static final String RETIRED = "retired";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 4;
    private static final int KEY_BYTES = 32;

    static SecretKey random() {
        return new SecretKey(HexFormat.of().formatHex(bytes(ID_BYTES)), spec(bytes(KEY_BYTES)), Optional.empty());
    }

    /**
     * Reads a line of the file.
     *
     * @throws IllegalArgumentException when it is none
     */
    static SecretKey parse(String line) {
        String[] words = line.strip().split(" ", -1);
        boolean old = words.length == 4 && words[2].equals(RETIRED);
        byte[] key = old || words.length == 2 ? HexFormat.of().parseHex(words[1]) : new byte[0];
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("no key");
        }
        return new SecretKey(words[0], spec(key), old ? Optional.of(time(words[3])) : Optional.empty());
    }

    private static Instant time(String word) {
        try {
            return Instant.parse(word);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time", e);
        }
    }

    String line() {
        String since = retired.map(time -> " " + RETIRED + " " + time).orElse("");
        return id + " " + HexFormat.of().formatHex(key.getEncoded()) + since;
    }

    /** Answers the key as one that opens only; one that does so already goes on from when it did. */
    SecretKey retire(Instant now) {
        return new SecretKey(id, key, retired.or(() -> Optional.of(now)));
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static SecretKeySpec spec(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return id;
    }
}
