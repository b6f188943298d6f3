// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import java.util.concurrent.TimeUnit;

/**
 * How long the sequencer rests between passes. With many plugins a pass takes time, so where much happens at once, a third of
 * the time goes to passes, and what comes meanwhile shares the next one. A single change has its few passes without a rest.
 */
final class Breath {
    private static final int SHARE = 3;
    private static final int FEW = 3;
    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MOST_SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private long saved = MOST_SAVED_NANOS;
    private long savedAt;

    Breath(long now) {
        savedAt = now;
    }

    /**
     * Answers until when to rest after a pass; all times in nanoseconds of one clock.
     *
     * @param tasks how much the pass was for: after a few things nothing else is expected
     */
    long after(long begin, long end, int tasks) {
        if (tasks <= FEW) {
            return end;
        }
        saved = Math.min(MOST_SAVED_NANOS, saved + (end - savedAt) / SHARE) - (end - begin);
        savedAt = end;
        return end + Math.min(Math.max(0, -saved * SHARE), LONGEST_REST_NANOS);
    }
}
