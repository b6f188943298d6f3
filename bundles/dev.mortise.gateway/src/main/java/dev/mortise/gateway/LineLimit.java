// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Lets so many lines in some time into a log, so that nobody fills the disk by asking, and knows how many it kept out. */
final class LineLimit {
    private volatile int lines;
    private volatile Duration window;
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
    LineLimit(int lines, Duration window, LongSupplier nanos) {
        this.lines = lines;
        this.window = window;
        this.nanos = nanos;
        this.windowStart = nanos.getAsLong();
    }

    static LineLimit perSecond(int lines, LongSupplier nanos) {
        return new LineLimit(lines, Duration.ofSeconds(1), nanos);
    }

    /** Takes another number of lines. */
    void bound(int next) {
        lines = next;
    }

    /** Takes another time. */
    void spread(Duration next) {
        window = next;
    }

    Duration window() {
        return window;
    }

    /** Asks for one more line: answers how many were kept out since the last one, or nothing when this one is. */
    synchronized OptionalLong admit() {
        long now = nanos.getAsLong();
        if (now - windowStart >= window.toNanos()) {
            windowStart = now;
            written = 0;
        }
        if (written >= lines) {
            keptOut++;
            return OptionalLong.empty();
        }
        written++;
        return OptionalLong.of(keptOut());
    }

    /** Tells whether the next line is let in and no other is to be told of: a fresh limit would do the same. */
    synchronized boolean idle() {
        return keptOut == 0 && nanos.getAsLong() - windowStart >= window.toNanos();
    }

    /** Answers how many were kept out since the last line, and forgets them. */
    synchronized long keptOut() {
        long before = keptOut;
        keptOut = 0;
        return before;
    }
}
