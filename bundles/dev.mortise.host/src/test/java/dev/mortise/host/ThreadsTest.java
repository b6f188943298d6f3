// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Checks of health, leases of processes, and whatever else comes again, come again after an error too. */
class ThreadsTest {
    @Test
    void whatIsDoneAgainAndAgainIsDoneWhateverItThrew() {
        try (Threads threads = new Threads()) {
            comesAgain(threads.timer());
        }
        ScheduledExecutorService timer = Threads.timer("mortise-test");
        comesAgain(timer);
        timer.shutdownNow();
    }

    private static void comesAgain(ScheduledExecutorService timer) {
        AtomicInteger turns = new AtomicInteger();
        var unused = timer.scheduleAtFixedRate(
                () -> {
                    turns.incrementAndGet();
                    throw new OutOfMemoryError("unable to create native thread");
                },
                0,
                20,
                TimeUnit.MILLISECONDS);
        await().until(() -> turns.get() > 3);
    }
}
