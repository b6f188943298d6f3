// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolsTest {
    /** So that what looks, counts and sweeps in the background does so until the end. */
    @Test
    void whatIsDoneAgainAndAgainIsDoneWhateverItThrew() {
        AtomicInteger turns = new AtomicInteger();
        try (Pools pools = new Pools(Limits.DEFAULT)) {
            pools.every(Duration.ofMillis(20), () -> {
                turns.incrementAndGet();
                throw new NoClassDefFoundError("on purpose");
            });

            await().until(() -> turns.get() > 3);
        }
    }
}
