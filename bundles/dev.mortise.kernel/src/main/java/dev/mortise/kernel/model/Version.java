// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Arrays;
import java.util.Comparator;
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
        return coreLength() < precedenceLength();
    }

    /** Answers the first number as text: what must stay equal for compatible versions. */
    public String major() {
        return text.substring(0, text.indexOf('.'));
    }

    /** Answers the three numbers, without pre-release and build metadata. */
    public String core() {
        return text.substring(0, coreLength());
    }

    @Override
    public int compareTo(Version other) {
        if (text.equals(other.text)) {
            return 0; // plans of many plugins look versions up in sorted maps
        }
        int order = compareEach(core(), other.core(), Version::compareNumbers);
        return order != 0 ? order : comparePreReleases(identifiers(), other.identifiers());
    }

    @Override
    public String toString() {
        return text;
    }

    private static int comparePreReleases(String mine, String others) {
        return mine.isEmpty() || others.isEmpty()
                ? Boolean.compare(mine.isEmpty(), others.isEmpty())
                : compareEach(mine, others, Version::compareIdentifiers);
    }

    private static int compareEach(String mine, String others, Comparator<String> comparator) {
        String[] left = mine.split("\\.");
        String[] right = others.split("\\.");
        return Arrays.compare(left, right, comparator);
    }

    private static int compareIdentifiers(String mine, String other) {
        boolean numeric = isNumber(mine);
        if (numeric != isNumber(other)) {
            return numeric ? -1 : 1;
        }
        return numeric ? compareNumbers(mine, other) : mine.compareTo(other);
    }

    // neither has leading zeros, so the longer one is the greater one, however long they are
    private static int compareNumbers(String mine, String other) {
        int order = Integer.compare(mine.length(), other.length());
        return order != 0 ? order : mine.compareTo(other);
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private String identifiers() {
        return preRelease() ? text.substring(coreLength() + 1, precedenceLength()) : "";
    }

    private int coreLength() {
        int hyphen = text.indexOf('-');
        return hyphen < 0 ? precedenceLength() : Math.min(hyphen, precedenceLength());
    }

    private int precedenceLength() {
        int plus = text.indexOf('+');
        return plus < 0 ? text.length() : plus;
    }
}
