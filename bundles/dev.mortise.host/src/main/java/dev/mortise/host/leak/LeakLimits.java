// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How retired loaders are watched.
 *
 * @param check whether they are watched at all
 * @param after how long a loader may stay before a collection is requested for it
 * @param collectionEvery the least time between two requests; zero for no request at all
 * @param kept how many verdicts are remembered
 * @param dumps where a heap dump would be written
 */
public record LeakLimits(boolean check, Duration after, Duration collectionEvery, int kept, Path dumps) {
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);
    private static final Duration LEAST_LOOK = Duration.ofMillis(10);

    boolean collects() {
        return !collectionEvery.isZero();
    }

    /** Answers the time between two looks at a loader: 500 ms, less where a loader may stay less than ten seconds. */
    Duration look() {
        return longer(LEAST_LOOK, shorter(LAST_LOOK.dividedBy(4), after.dividedBy(20)));
    }

    /** Answers how long a loader is looked at after a collection, and the time between later looks at doubtful ones. */
    Duration lastLook() {
        return longer(LEAST_LOOK.multipliedBy(10), shorter(LAST_LOOK, after));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
