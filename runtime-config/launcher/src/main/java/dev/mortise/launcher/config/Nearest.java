// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Nearest {
    private static final int SLIPS = 2;

    private Nearest() {}

    /** Return the legal word with the fewest edits to the given one; none where it has little in common with any. */
    static Optional<String> to(String word, Collection<String> legal) {
        int most = Math.max(SLIPS, word.length() / 3);
        return legal.stream()
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
                .filter(candidate -> edits(word, candidate) <= most);
    }

    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            previous = nextRow(previous, from.charAt(row - 1), row, to);
        }
        return previous[to.length()];
    }

    private static int[] nextRow(int[] previous, char letter, int row, String to) {
        int[] current = new int[previous.length];
        current[0] = row;
        for (int column = 1; column < current.length; column++) {
            int replaced = previous[column - 1] + (letter == to.charAt(column - 1) ? 0 : 1);
            current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
        }
        return current;
    }
}
