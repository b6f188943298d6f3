// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import java.util.Collection;

/** What is shown instead of a secret; sent back, it stands for the one that is kept. */
public final class Mask {
    /** The text. */
    public static final String TEXT = "****";

    private Mask() {}

    /** Tells whether a value stands for a secret that is kept. */
    public static boolean is(Object value) {
        return value.equals(TEXT);
    }

    /** Answers a text of somebody else without the secrets that it quotes. */
    public static String over(String text, Collection<String> secrets) {
        String masked = text;
        for (String secret : secrets) {
            masked = secret.isEmpty() ? masked : masked.replace(secret, TEXT);
        }
        return masked;
    }
}
