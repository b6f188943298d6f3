// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting may be. The comment above it says so in a sentence of its own, as in {@code Allowed: 0 to 65535.} or
 * {@code Allowed: on, off.}; a word that ends with … is a beginning, {@code empty} is nothing at all, {@code a number within
 * 1-65535} is what it says, and {@code a range within 1-65535} is two such numbers with a hyphen between them. Without such a
 * sentence the default tells: a positive whole number, true or false, or any text.
 */
public sealed interface Allowed {
    boolean admits(String value);

    /** Return what is allowed, to go on after "must be". */
    String words();

    static Allowed of(String comment, String initial) {
        Matcher sentence = Pattern.compile("Allowed: (.+?)\\.(?= |$)").matcher(comment);
        if (!sentence.find()) {
            return byDefault(initial);
        }
        Matcher range = Pattern.compile("(\\d+) to (\\d+)").matcher(sentence.group(1));
        return range.matches()
                ? new Range(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)))
                : new Words(Arrays.asList(sentence.group(1).split(", ")));
    }

    private static Allowed byDefault(String initial) {
        if (initial.matches("-?\\d+")) {
            return new Range(1, Integer.MAX_VALUE);
        }
        return initial.matches("true|false") ? new Words(List.of("true", "false")) : new Anything();
    }

    /** A whole number between two others, both included. */
    record Range(long least, long most) implements Allowed {
        @Override
        public boolean admits(String value) {
            return value.matches("-?\\d{1,18}") && Long.parseLong(value) >= least && Long.parseLong(value) <= most;
        }

        @Override
        public String words() {
            return most == Integer.MAX_VALUE && least == 1
                    ? "a positive whole number"
                    : "a whole number from " + least + " to " + most;
        }
    }

    /** One of a few words, or numbers within bounds. */
    record Words(List<String> list) implements Allowed {
        private static final Pattern WITHIN = Pattern.compile("a (number|range) within (\\d+)-(\\d+)");
        private static final Pattern NUMBER = Pattern.compile("\\s*(\\d{1,9})\\s*");
        private static final Pattern RANGE = Pattern.compile("\\s*(\\d{1,9})\\s*-\\s*(\\d{1,9})\\s*");

        @Override
        public boolean admits(String value) {
            return list.stream().anyMatch(word -> fits(word, value));
        }

        private static boolean fits(String word, String value) {
            Matcher within = WITHIN.matcher(word);
            if (within.matches()) {
                Pattern shape = within.group(1).equals("number") ? NUMBER : RANGE;
                return isWithin(shape.matcher(value), Long.parseLong(within.group(2)), Long.parseLong(within.group(3)));
            }
            return word.endsWith("…")
                    ? value.startsWith(word.substring(0, word.length() - 1))
                    : value.equals(word.equals("empty") ? "" : word);
        }

        private static boolean isWithin(Matcher numbers, long least, long most) {
            if (!numbers.matches()) {
                return false;
            }
            long first = Long.parseLong(numbers.group(1));
            long last = Long.parseLong(numbers.group(numbers.groupCount()));
            return least <= first && first <= last && last <= most;
        }

        @Override
        public String words() {
            int last = list.size() - 1;
            return last == 0 ? list.get(0) : String.join(", ", list.subList(0, last)) + " or " + list.get(last);
        }
    }

    /** Any text. */
    record Anything() implements Allowed {
        @Override
        public boolean admits(String value) {
            return true;
        }

        @Override
        public String words() {
            return "any text";
        }
    }
}
