// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoundsTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final Rounds rounds = new Rounds(1, () -> 1);

    @AfterEach
    void close() {
        rounds.close();
    }

    @Test
    void asksOnAfterAnError() {
        rounds.every(() -> Duration.ofMillis(1), () -> {
            failFirst();
            return true;
        });

        await().until(() -> runs.get() > 1);
    }

    @Test
    void judgesOnAfterAnError() {
        rounds.in(Duration.ofMillis(1), () -> {
            failFirst();
            return Optional.empty();
        });

        await().until(() -> runs.get() > 1);
    }

    private void failFirst() {
        if (runs.incrementAndGet() == 1) {
            throw new StackOverflowError("for the test");
        }
    }
}
