// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets the thread of a plugin wait until something of the plugin moves, or its start is no longer wanted. */
final class Moves {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Semaphore moves = new Semaphore(0);
    private volatile boolean givenUp;

    /** Something moved. */
    void happened() {
        moves.release();
    }

    /** Ends all waiting. */
    void giveUp() {
        givenUp = true;
        moves.release();
    }

    boolean givenUp() {
        return givenUp;
    }

    /** Waits for the next move, at most a moment and not beyond this time. */
    void await(long untilNanos) {
        try {
            long nanos = Math.min(untilNanos - System.nanoTime(), LOOK_NANOS);
            boolean unused = moves.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            moves.drainPermits();
        } catch (InterruptedException e) {
            givenUp = true;
        }
    }
}
