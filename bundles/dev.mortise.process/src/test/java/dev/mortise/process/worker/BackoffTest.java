// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.process.worker.WorkerSettings.Restarts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Restarts RESTARTS =
            new Restarts(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(10), 10);

    private final Backoff backoff = new Backoff(RESTARTS, () -> 0.5);

    @Test
    void doublesUpToTheLongestAndThenGivesUp() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            seconds.add(backoff.crashed(Duration.ZERO).orElseThrow().toSeconds());
        }

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L);
        assertThat(backoff.crashed(Duration.ofMinutes(9))).isEmpty();
        assertThat(backoff.crashes()).isEqualTo(11);
    }

    @Test
    void forgetsCrashesOfOneThatWasUpForLong() {
        for (int i = 0; i < 5; i++) {
            backoff.crashed(Duration.ZERO);
        }

        assertThat(backoff.crashed(Duration.ofMinutes(10))).contains(Duration.ofSeconds(1));
        assertThat(backoff.crashes()).isEqualTo(1);
    }

    @Test
    void forgetsCrashesByOrder() {
        backoff.crashed(Duration.ZERO);
        backoff.reset();

        assertThat(backoff.crashed(Duration.ZERO)).contains(Duration.ofSeconds(1));
    }

    @Test
    void spreadsPausesByATenth() {
        assertThat(new Backoff(RESTARTS, () -> 0).crashed(Duration.ZERO)).contains(Duration.ofMillis(900));
        assertThat(new Backoff(RESTARTS, () -> 1).crashed(Duration.ZERO)).contains(Duration.ofMillis(1100));
    }
}
