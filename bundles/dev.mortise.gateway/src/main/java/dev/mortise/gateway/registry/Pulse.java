// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.time.Clock;
import java.time.Instant;

/**
 * The last sign of life of an instance: as a time for people, and on a scale that only goes forward for judging it. Time in
 * which nobody asked one that waits to be asked is no silence of its own.
 */
final class Pulse {
    private final Clock clock;
    private volatile Beat last;

    /**
     * What is known.
     *
     * @param nanos from when on its silence counts
     * @param due whether it waits to be asked
     * @param dueNanos since when
     */
    private record Beat(Instant at, long nanos, boolean due, long dueNanos) {
        long silentNanos(long now) {
            return (due ? dueNanos : now) - nanos;
        }

        Beat asked(long now) {
            return due ? new Beat(at, nanos + (now - dueNanos), false, 0) : this;
        }
    }

    Pulse(Clock clock) {
        this.clock = clock;
        this.last = new Beat(clock.instant(), System.nanoTime(), false, 0);
    }

    synchronized void beat() {
        long now = System.nanoTime();
        last = new Beat(clock.instant(), now, last.due, now);
    }

    /** It waits to be asked from now on. */
    synchronized void due() {
        last = new Beat(last.at, last.nanos, true, System.nanoTime());
    }

    /** Its turn has come. */
    synchronized void asked() {
        last = last.asked(System.nanoTime());
    }

    /** Its silence until now is none of its own: nobody asked it. */
    synchronized void excuse() {
        long now = System.nanoTime();
        last = new Beat(last.at, now, last.due, now);
    }

    Instant at() {
        return last.at();
    }

    long silentNanos() {
        return last.silentNanos(System.nanoTime());
    }
}
