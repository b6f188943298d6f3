// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;

/**
 * What migrations of plugins may take.
 *
 * @param script longest time of one that runs in a transaction; also of taking it back, and of a purge
 * @param lock longest wait of these for a lock
 * @param concurrent longest time of one that runs outside of any transaction, waiting included
 * @param rehearsal longest time of one that is only tried out
 * @param report how long one runs before the log tells of it, and again after each such time
 */
record MigrationLimits(Duration script, Duration lock, Duration concurrent, Duration rehearsal, Duration report) {
    /** The defaults, as in etc/data.properties. */
    static final MigrationLimits DEFAULT = new MigrationLimits(
            Duration.ofSeconds(600),
            Duration.ofSeconds(5),
            Duration.ofSeconds(3600),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    /** Answers the longest time of any statement. */
    Duration longest() {
        return concurrent.compareTo(script) > 0 ? concurrent : script;
    }
}
