// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many lines a second into a log, so that nobody fills the disk by asking, and knows how many it kept out. */
final class LineLimit {
    private volatile int perSecond;
    private final LongSupplier nanos;

    // The monitor guards these.
    private long windowStart;
    private int written;
    private long keptOut;

    /**
     * Makes a limit.
     *
     * @param nanos the time, such as {@link System#nanoTime}
     */
    LineLimit(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.windowStart = nanos.getAsLong();
    }

    /** Takes another limit. */
    void bound(int next) {
        perSecond = next;
    }

    /** Asks for one more line: answers how many were kept out since the last one, or nothing when this one is. */
    synchronized OptionalLong admit() {
        long now = nanos.getAsLong();
        if (now - windowStart >= TimeUnit.SECONDS.toNanos(1)) {
            windowStart = now;
            written = 0;
        }
        if (written >= perSecond) {
            keptOut++;
            return OptionalLong.empty();
        }
        written++;
        return OptionalLong.of(keptOut());
    }

    /** Answers how many were kept out since the last line, and forgets them. */
    synchronized long keptOut() {
        long before = keptOut;
        keptOut = 0;
        return before;
    }
}
