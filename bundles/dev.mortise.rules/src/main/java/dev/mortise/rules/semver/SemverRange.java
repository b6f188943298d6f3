// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.semver;

import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import java.util.List;
import java.util.Optional;

/**
 * A version range that can be asked. Its verdicts are those of npm's {@code semver} 7 with default options: a
 * pre-release is admitted only by a range that names a pre-release of the same three numbers. Immutable.
 */
public final class SemverRange {
    private final String text;
    private final List<List<Comparator>> alternatives;

    private SemverRange(String text, List<List<Comparator>> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /** What reading a range came to. */
    public sealed interface Reading {
        /** The text is a range. */
        record Good(SemverRange range) implements Reading {}

        /** The text is no range; the message says so in one sentence. */
        record Malformed(String message) implements Reading {}
    }

    /** Reads a range. */
    public static Reading read(VersionRange range) {
        Optional<List<List<Comparator>>> alternatives = RangeGrammar.read(range.text());
        return alternatives.isPresent()
                ? new Reading.Good(new SemverRange(range.text(), alternatives.get()))
                : new Reading.Malformed("'" + shortened(range.text()) + "' is no version range such as ^1.2.0, ~1.2,"
                        + " 1.x, >=1.0.0 <3.0.0 or 1.0.0 - 2.0.0.");
    }

    /**
     * Answers a range that was read before, by the planner for example.
     *
     * @throws IllegalArgumentException when the text is no range
     */
    public static SemverRange of(VersionRange range) {
        Reading reading = read(range);
        if (reading instanceof Reading.Good good) {
            return good.range();
        }
        throw new IllegalArgumentException(((Reading.Malformed) reading).message());
    }

    /** Tells whether the version lies in the range. */
    public boolean admits(Version version) {
        return alternatives.stream().anyMatch(comparators -> admits(comparators, version));
    }

    @Override
    public String toString() {
        return text;
    }

    private static boolean admits(List<Comparator> comparators, Version version) {
        return comparators.stream().allMatch(comparator -> comparator.admits(version))
                && (!version.preRelease() || comparators.stream().anyMatch(c -> c.asksForPreReleaseOf(version)));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
