// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/** A key that secrets are sealed with: 256 random bits, and an id that tells nothing about them. */
record SecretKey(String id, SecretKeySpec key) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 4;
    private static final int KEY_BYTES = 32;

    static SecretKey random() {
        return new SecretKey(HexFormat.of().formatHex(bytes(ID_BYTES)), spec(bytes(KEY_BYTES)));
    }

    /**
     * Reads a line of the file.
     *
     * @throws IllegalArgumentException when it is none
     */
    static SecretKey parse(String line) {
        String[] words = line.strip().split(" ", -1);
        byte[] key = words.length == 2 ? HexFormat.of().parseHex(words[1]) : new byte[0];
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("no key");
        }
        return new SecretKey(words[0], spec(key));
    }

    String line() {
        return id + " " + HexFormat.of().formatHex(key.getEncoded());
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
