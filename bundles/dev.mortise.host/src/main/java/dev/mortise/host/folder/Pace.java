// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import java.time.Duration;

/**
 * How long the watcher waits for what.
 *
 * @param quiet what several arrivals must be without a further one to be planned as one set
 * @param rescan how often the folder is looked through although nothing was heard
 */
public record Pace(Duration quiet, Duration rescan) {
    /** A file that is no zip file is given this long to become one. */
    static final Duration NO_ZIP = Duration.ofSeconds(1);

    /** A zip file without an end is given this long to go on growing. */
    static final Duration CUT_OFF = Duration.ofSeconds(2);

    /** A file that was last written longer ago than this came by a rename. */
    static final Duration SETTLED = Duration.ofSeconds(1);

    private static final int PARTS_FOR_A_RENAME = 8;
    private static final int PARTS_FOR_A_COPY = 3;
    private static final int WINDOWS_AT_MOST = 5;

    /** Answers the wait for one file alone that nobody has written lately. */
    Duration afterRename() {
        return quiet.dividedBy(PARTS_FOR_A_RENAME);
    }

    /** Answers the wait for one file alone that was just written: a whole file that gets no further byte is done. */
    Duration afterWrite() {
        return quiet.dividedBy(PARTS_FOR_A_COPY);
    }

    /** Answers the wait for one file alone that is gone: a script that replaces a file often removes it first. */
    Duration afterRemoval() {
        return quiet.minus(afterWrite());
    }

    /** Answers how long arrivals that never cease are gathered. */
    Duration patience() {
        return quiet.multipliedBy(WINDOWS_AT_MOST);
    }
}
