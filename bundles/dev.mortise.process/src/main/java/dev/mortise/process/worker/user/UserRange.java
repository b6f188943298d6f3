// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of users from one to another, both included. */
public record UserRange(int first, int last) {
    private static final int LEAST = 1000;
    private static final int MOST = (1 << 24) - 1;
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})\\s*-\\s*(\\d{1,9})");

    public UserRange {
        if (first < LEAST || last > MOST || first > last) {
            throw new IllegalArgumentException(
                    first + "-" + last + " is no range of numbers of users from " + LEAST + " to " + MOST + ".");
        }
    }

    /**
     * Reads {@code 60600-61099}.
     *
     * @param key what it is the value of, for the sentence when it is none
     */
    public static UserRange parse(String key, String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(key + " is '" + text
                    + "', and two numbers of users with a hyphen between them, auto or none are expected.");
        }
        return new UserRange(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** Answers how many they are. */
    public int size() {
        return last - first + 1;
    }

    /** Tells whether a number is one of them. */
    public boolean has(int number) {
        return first <= number && number <= last;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
