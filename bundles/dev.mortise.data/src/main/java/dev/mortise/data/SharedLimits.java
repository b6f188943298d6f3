// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;

/**
 * What bounds shared data.
 *
 * @param valueBytes of one value
 * @param keys of one plugin for one tenant
 * @param bytes of all values of one plugin for one tenant
 * @param recount how long a count of keys and bytes is trusted
 * @param sweep between two turns of deleting what has expired
 * @param poll between two looks at what is watched
 * @param watches of one plugin for one tenant
 */
record SharedLimits(
        int valueBytes, long keys, long bytes, Duration recount, Duration sweep, Duration poll, int watches) {
    /** Rows of one statement that deletes what has expired. */
    static final int SWEPT_AT_ONCE = 1_000;

    /** About as many bytes of values one page of a list has. */
    static final int PAGE_BYTES = 1 << 20;

    /** The defaults, as in etc/data.properties. */
    static final SharedLimits DEFAULT = new SharedLimits(
            1 << 20, 10_000, 100L << 20, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(1), 100);
}
