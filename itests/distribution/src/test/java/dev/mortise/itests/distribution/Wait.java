// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what must become true within a minute. */
final class Wait {
    private Wait() {}

    static void until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
