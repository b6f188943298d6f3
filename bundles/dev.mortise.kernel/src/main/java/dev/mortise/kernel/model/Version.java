// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A semantic version (Semantic Versioning 2.0.0), ordered by precedence; build metadata does not count in the order. */
public record Version(String text) implements Comparable<Version> {
    /** The grammar as a regular expression (semver.org, the suggested one). */
    public static final String RULE = "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$";

    private static final Pattern PATTERN = Pattern.compile(RULE);

    public Version {
        if (!valid(text)) {
            throw new IllegalArgumentException("'" + text + "' is no semantic version such as 1.2.3 or 2.0.0-rc.1.");
        }
    }

    /** Tells whether the text is a semantic version of at most 100 characters. */
    public static boolean valid(String text) {
        return text.length() <= 100 && PATTERN.matcher(text).matches();
    }

    /** Tells whether this is a pre-release, such as 2.0.0-rc.1. */
    public boolean preRelease() {
        return !identifiers().isEmpty();
    }

    /** Answers the first number as text: what must stay equal for compatible versions. */
    public String major() {
        return group(1);
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 1; i <= 3; i++) {
            int order = number(group(i)).compareTo(number(other.group(i)));
            if (order != 0) {
                return order;
            }
        }
        return compareIdentifiers(identifiers(), other.identifiers());
    }

    @Override
    public String toString() {
        return text;
    }

    private static int compareIdentifiers(List<String> mine, List<String> others) {
        if (mine.isEmpty() || others.isEmpty()) {
            return Boolean.compare(mine.isEmpty(), others.isEmpty());
        }
        for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
            int order = compareIdentifier(mine.get(i), others.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.size(), others.size());
    }

    private static int compareIdentifier(String mine, String other) {
        boolean numeric = isNumber(mine);
        if (numeric != isNumber(other)) {
            return numeric ? -1 : 1;
        }
        return numeric ? number(mine).compareTo(number(other)) : mine.compareTo(other);
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static BigInteger number(String text) {
        return new BigInteger(text);
    }

    private List<String> identifiers() {
        Matcher match = match();
        return match.group(4) == null ? List.of() : List.of(match.group(4).split("\\."));
    }

    private String group(int index) {
        return match().group(index);
    }

    private Matcher match() {
        Matcher match = PATTERN.matcher(text);
        if (!match.matches()) {
            throw new IllegalStateException("A version that was valid no longer is: " + text);
        }
        return match;
    }
}
