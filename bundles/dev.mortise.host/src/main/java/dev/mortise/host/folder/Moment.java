// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import java.time.Duration;
import java.time.Instant;

/** One instant on two clocks: nanoseconds to measure with, the wall clock to compare with the times of files. */
record Moment(long nanos, Instant wall) {
    static Moment now() {
        return new Moment(System.nanoTime(), Instant.now());
    }

    boolean reached(long other) {
        return nanos - other >= 0;
    }

    Duration until(long other) {
        return Duration.ofNanos(Math.max(0, other - nanos));
    }
}
