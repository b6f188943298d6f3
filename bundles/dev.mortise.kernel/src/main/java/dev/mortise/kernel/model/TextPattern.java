// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns that plugins bring and texts that tenants send: neither may hold a thread. Java's expressions try, for some
 * patterns, more ways than there is time for, and need stack by the length of the text; so both are limited.
 */
public final class TextPattern {
    private static final int LONGEST = 1000;
    private static final int MOST_LOOKS = 200_000;

    private TextPattern() {}

    /** Answers why a pattern can't be used; nothing when it can. */
    public static Optional<String> fault(String pattern) {
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription() + " at character " + e.getIndex());
        } catch (StackOverflowError tooDeep) {
            return Optional.of("it is nested too deep");
        }
    }

    /** Answers what is wrong with a text that is to match the pattern as a whole, as in "does not match '[A-Z]+'". */
    static Optional<String> objection(String pattern, String text) {
        if (text.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters, the most where there is a pattern");
        }
        try {
            boolean matches =
                    Pattern.compile(pattern).matcher(new Counted(text)).matches();
            return matches ? Optional.empty() : Optional.of("does not match '" + pattern + "'");
        } catch (TooLong | StackOverflowError e) {
            return Optional.of("takes too long to compare with '" + pattern + "'");
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("", null, false, false);
        }
    }

    /** A text that can be looked at only so often. */
    private static final class Counted implements CharSequence {
        private final String text;
        private int looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
