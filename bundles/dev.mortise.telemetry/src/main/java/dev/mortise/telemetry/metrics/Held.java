// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.metrics;

import io.micrometer.core.instrument.Meter;

/** A meter and how many groups hold it. */
final class Held<T> {
    private final Made<T> made;
    private int holders;

    /**
     * A meter as it was made.
     *
     * @param use what groups hand out
     * @param meter what the registry knows
     */
    record Made<T>(T use, Meter meter) {}

    Held(Made<T> made) {
        this.made = made;
    }

    T use() {
        return made.use;
    }

    Meter meter() {
        return made.meter;
    }

    void take() {
        holders++;
    }

    /** Answers whether nobody holds it any more. */
    boolean giveBack() {
        holders--;
        return holders == 0;
    }
}
