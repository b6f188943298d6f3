// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.gateway.CapturedLines;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolTest {
    private final AtomicLong now = new AtomicLong();
    private final Pool pool = new Pool("seats (seats.max)", 4, now::get);
    private final CapturedLines log = new CapturedLines(Pool.class.getName());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void hasSoManyAndNoMore() {
        take(4);

        assertThat(pool.take()).isFalse();
        assertThat(pool.taken()).isEqualTo(4);

        pool.giveBack();
        assertThat(pool.take()).isTrue();
    }

    @Test
    void saysOnceThatNoneIsLeftAndOnceThatThereAreSomeAgain() {
        take(4);
        pool.take();
        pool.take();
        assertThat(log.lines()).singleElement().asString().contains("All 4 seats (seats.max) are taken");

        pool.giveBack();

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).contains("There are seats (seats.max) again", "2 calls were refused");
    }

    @Test
    void saysSoOnceAMinuteAtMost() {
        for (int i = 0; i < 50; i++) {
            take(4);
            pool.take();
            for (int taken = 0; taken < 4; taken++) {
                pool.giveBack();
            }
        }
        assertThat(log.lines()).hasSize(2);

        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        take(4);
        pool.take();

        assertThat(log.lines()).hasSize(3);
    }

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(pool.take()).isTrue();
        }
    }
}
