// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.rules.semver.SemverRange;
import java.util.HashMap;
import java.util.Map;

/** The ranges of one plan, each read once: a thousand plugins write the same few. */
final class Ranges {
    private final Map<VersionRange, SemverRange.Reading> readings = new HashMap<>();

    SemverRange.Reading read(VersionRange range) {
        return readings.computeIfAbsent(range, SemverRange::read);
    }

    /** Tells whether the range admits the version; a malformed range admits none. */
    boolean admits(VersionRange range, Version version) {
        return read(range) instanceof SemverRange.Reading.Good good
                && good.range().admits(version);
    }
}
