// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.process.worker.WorkerSettings.Restarts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Counts crashes of one process and tells how long to wait before the next start. Its owner guards it. */
final class Backoff {
    /** How far a pause is from what it should be, at most, so that what fell together does not rise together. */
    private static final double SPREAD = 0.1;

    /** Further ones would overflow; the longest pause is reached before. */
    private static final int MOST_DOUBLINGS = 30;

    private final Restarts settings;
    private final DoubleSupplier random;
    private int crashes;

    /** Takes a source of numbers from 0 to 1. */
    Backoff(Restarts settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /**
     * Counts a crash.
     *
     * @param up how long it had been ready
     * @return the pause before the next start, or nothing when there is none
     */
    Optional<Duration> crashed(Duration up) {
        if (up.compareTo(settings.reset()) >= 0) {
            crashes = 0;
        }
        crashes++;
        if (crashes > settings.limit()) {
            return Optional.empty();
        }
        long doubled = settings.first().toMillis() << Math.min(crashes - 1, MOST_DOUBLINGS);
        double pause = (double) Math.min(doubled, settings.longest().toMillis());
        return Optional.of(Duration.ofMillis(Math.round(pause * (1 + SPREAD * (2 * random.getAsDouble() - 1)))));
    }

    int crashes() {
        return crashes;
    }

    /** Forgets earlier crashes. */
    void reset() {
        crashes = 0;
    }
}
