// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;

/** Limits that tests reach soon. */
final class TestLimits {
    private static final Duration SECONDS = Duration.ofSeconds(10);

    private TestLimits() {}

    static Limits withLock(int millis) {
        Duration lock = Duration.ofMillis(millis);
        return with(new MigrationLimits(SECONDS, lock, SECONDS, SECONDS, SECONDS));
    }

    static Limits with(MigrationLimits migrations) {
        return new Limits(
                60,
                8,
                8,
                Limits.Lookups.DEFAULT,
                4,
                16,
                SECONDS,
                SECONDS,
                SECONDS,
                SECONDS,
                SECONDS,
                SECONDS,
                migrations);
    }

    /** Statements may take two seconds, and each plugin has a pool of this size. */
    static Limits withPool(int size) {
        Duration two = Duration.ofSeconds(2);
        return new Limits(
                60,
                8,
                8,
                Limits.Lookups.DEFAULT,
                size,
                16,
                SECONDS,
                Duration.ofSeconds(30),
                SECONDS,
                two,
                SECONDS,
                SECONDS,
                MigrationLimits.DEFAULT);
    }

    /** All plugins together have so many connections, and wait a second for one. */
    static Limits withBudget(int connections) {
        Duration second = Duration.ofSeconds(1);
        return new Limits(
                connections + 12,
                4,
                4,
                Limits.Lookups.DEFAULT,
                4,
                16,
                SECONDS,
                second,
                SECONDS,
                SECONDS,
                SECONDS,
                SECONDS,
                MigrationLimits.DEFAULT);
    }
}
