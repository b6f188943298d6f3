// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.semver;

import java.util.Locale;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The parts of a partial version; a missing part and {@code *} are {@code x}, a missing pre-release is empty. */
record Parts(String major, String minor, String patch, String preRelease) {
    private static final String ANY = "x";

    /** Takes four groups from the given one on. */
    static Parts of(Matcher match, int first) {
        @Nullable String pre = match.group(first + 3);
        return new Parts(
                part(match.group(first)),
                part(match.group(first + 1)),
                part(match.group(first + 2)),
                pre == null ? "" : pre);
    }

    boolean anyMajor() {
        return major.equals(ANY);
    }

    boolean anyMinor() {
        return anyMajor() || minor.equals(ANY);
    }

    boolean anyPatch() {
        return anyMinor() || patch.equals(ANY);
    }

    boolean whole() {
        return !anyPatch();
    }

    /** Tells whether a number follows an x, as in 1.x.3, which is no range. */
    boolean outOfOrder() {
        return (anyMajor() && !minor.equals(ANY)) || (minor.equals(ANY) && !patch.equals(ANY));
    }

    String full() {
        return major + "." + minor + "." + patch + (preRelease.isEmpty() ? "" : "-" + preRelease);
    }

    /** Answers the lowest release that these parts admit, or the version itself. */
    String lower() {
        if (anyMinor()) {
            return ">=" + major + ".0.0";
        }
        return anyPatch() ? ">=" + major + "." + minor + ".0" : ">=" + full();
    }

    /** Answers the bound above all that these parts admit; only for parts that are not whole. */
    String below() {
        return "<" + following() + "-0";
    }

    /** Answers the first release above all that these parts admit; only for parts that are not whole. */
    String following() {
        return anyMinor() ? Desugar.next(major) + ".0.0" : major + "." + Desugar.next(minor) + ".0";
    }

    private static String part(@Nullable String text) {
        return text == null || text.equals("*") ? ANY : text.toLowerCase(Locale.ROOT);
    }
}
