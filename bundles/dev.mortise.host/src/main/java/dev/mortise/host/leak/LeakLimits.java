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
    boolean collects() {
        return !collectionEvery.isZero();
    }
}
