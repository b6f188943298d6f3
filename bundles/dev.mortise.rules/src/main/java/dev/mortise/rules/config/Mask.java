// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

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
        // of one that is part of another the rest would be shown
        List<String> longestFirst = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        String masked = text;
        for (String secret : longestFirst) {
            masked = masked.replace(secret, TEXT);
        }
        return masked;
    }
}
