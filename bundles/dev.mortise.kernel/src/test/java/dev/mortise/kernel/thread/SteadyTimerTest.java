// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SteadyTimerTest {
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final SteadyTimer timer = new SteadyTimer(1, Thread::new, fault -> faults.add(fault.toString()));

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void givesATaskItsNextTurnWhateverItThrew() throws InterruptedException {
        CountDownLatch turns = new CountDownLatch(5);
        Runnable failing = () -> {
            turns.countDown();
            if (turns.getCount() % 2 == 0) {
                throw new NoClassDefFoundError("on purpose");
            }
        };

        timer.scheduleWithFixedDelay(failing, 0, 1, TimeUnit.MILLISECONDS);
        turns.await();
        CountDownLatch more = new CountDownLatch(5);
        timer.scheduleAtFixedRate(
                () -> {
                    more.countDown();
                    throw new IllegalStateException("on purpose");
                },
                0,
                1,
                TimeUnit.MILLISECONDS);
        more.await();

        assertThat(faults.stream().distinct())
                .containsExactly(
                        "java.lang.NoClassDefFoundError: on purpose", "java.lang.IllegalStateException: on purpose");
    }

    @Test
    void tellsOfWhatRunsOnce() throws Exception {
        timer.schedule(SteadyTimerTest::fail, 1, TimeUnit.MILLISECONDS).get();
        timer.execute(SteadyTimerTest::fail);
        timer.submit(() -> {}).get();

        assertThat(faults).hasSize(2);
    }

    private static void fail() {
        throw new NoClassDefFoundError("on purpose");
    }

    @Test
    void tellsOnceOfWhatFailsTurnAfterTurn() throws InterruptedException {
        CountDownLatch turns = new CountDownLatch(3);
        timer.scheduleWithFixedDelay(
                () -> {
                    turns.countDown();
                    throw new IllegalStateException("on purpose");
                },
                0,
                1,
                TimeUnit.MILLISECONDS);
        turns.await();
        CountDownLatch last = new CountDownLatch(1);
        timer.execute(() -> {
            last.countDown();
            throw new IllegalStateException("another");
        });
        last.await();
        timer.execute(last::countDown);

        assertThat(faults).filteredOn(fault -> fault.endsWith("on purpose")).hasSize(1);
    }
}
