// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

/** The SHA-256 of an artifact, in lower-case hexadecimal. */
public record Digest(String hex) {
    public Digest {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'" + hex + "' is no SHA-256 in hexadecimal.");
        }
    }

    /** Answers the first characters, enough for people. */
    public String shortHex() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return hex;
    }
}
