// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import java.util.concurrent.TimeUnit;

/**
 * How long the sequencer rests after a pass. With many plugins a pass takes time, so where much happens at once, a third of the
 * time goes to passes, and what comes meanwhile shares the next one. After a few things nothing else is expected.
 */
final class Breath {
    private static final int FEW = 3;
    private static final int RESTS_PER_PASS = 2;
    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Breath() {}

    /** Answers the nanoseconds to rest after a pass that took so many and was for so many things. */
    static long after(long nanos, int tasks) {
        return tasks <= FEW ? 0 : Math.min(RESTS_PER_PASS * nanos, LONGEST_REST_NANOS);
    }
}
