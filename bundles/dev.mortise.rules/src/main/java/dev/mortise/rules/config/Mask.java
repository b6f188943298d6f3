// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

/** What is shown instead of a secret; sent back, it stands for the one that is kept. */
public final class Mask {
    /** The text. */
    public static final String TEXT = "****";

    private Mask() {}

    /** Tells whether a value stands for a secret that is kept. */
    public static boolean is(Object value) {
        return value.equals(TEXT);
    }
}
