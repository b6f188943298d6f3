// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far somebody has heard of changes of shared data. Revisions come to light out of order, so the highest one says nothing of
 * those below it: what is settled says that.
 *
 * @param revision the highest one that was told of
 * @param settled below this number of a transaction all that was ever written was told; 0 where that is not known
 */
public record SharedMark(long revision, long settled) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

    /** Reads what {@link #text} wrote, also before marks knew what is settled; nothing when it is something else. */
    public static Optional<SharedMark> of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String settled = parts.group(2);
        return Optional.of(
                new SharedMark(Long.parseLong(parts.group(1)), settled == null ? 0 : Long.parseLong(settled)));
    }

    /** Answers it as a client keeps it. */
    public String text() {
        return settled == 0 ? Long.toString(revision) : revision + "-" + settled;
    }
}
