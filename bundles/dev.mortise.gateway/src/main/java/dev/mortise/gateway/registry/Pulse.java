// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.time.Clock;
import java.time.Instant;

/** The last sign of life of an instance: as a time for people, and on a scale that only goes forward for judging it. */
final class Pulse {
    private final Clock clock;
    private volatile Beat last;

    private record Beat(Instant at, long nanos) {}

    Pulse(Clock clock) {
        this.clock = clock;
        this.last = new Beat(clock.instant(), System.nanoTime());
    }

    void beat() {
        last = new Beat(clock.instant(), System.nanoTime());
    }

    /** Its silence until now is none of its own: nobody asked it. */
    void excuse() {
        last = new Beat(last.at(), System.nanoTime());
    }

    Instant at() {
        return last.at();
    }

    long silentNanos() {
        return System.nanoTime() - last.nanos();
    }
}
