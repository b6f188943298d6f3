// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import java.time.Duration;

/** Until when a connection is waited for. One thread changes it at a time, another one looks. */
final class Patience {
    private volatile long begunNanos;
    private volatile long nanos;

    Patience(Duration time) {
        begin(time);
    }

    /** Waits that long from now on. */
    void begin(Duration time) {
        begunNanos = System.nanoTime();
        nanos = time.toNanos();
    }

    /** Waits as long as it takes: what comes has an end of its own. */
    void forget() {
        nanos = Long.MAX_VALUE;
    }

    /** Tells whether the wait is over. */
    boolean over() {
        return waited() > nanos;
    }

    /** Tells whether there is a wait that has an end, and lasts for at least so long. */
    boolean lasts(Duration time) {
        return nanos != Long.MAX_VALUE && waited() >= time.toNanos();
    }

    /** Answers for how long it has been waited, in nanoseconds. */
    long waited() {
        return System.nanoTime() - begunNanos;
    }
}
