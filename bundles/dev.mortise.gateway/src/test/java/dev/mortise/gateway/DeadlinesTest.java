// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines();

    @AfterEach
    void close() {
        deadlines.close();
        Thread.interrupted();
    }

    @Test
    void wakesForAnEarlierDeadlineThatComesLater() {
        AtomicInteger late = new AtomicInteger();
        deadlines.watch(in(60_000), late::incrementAndGet);

        deadlines.watch(in(20), late::incrementAndGet);

        await().until(() -> late.get() == 1);
    }

    @Test
    void goesOnAfterAnError() {
        AtomicInteger late = new AtomicInteger();
        deadlines.watch(in(10), () -> {
            late.incrementAndGet();
            throw new StackOverflowError("for the test");
        });
        await().until(() -> late.get() == 1);

        deadlines.watch(in(20), late::incrementAndGet);

        await().until(() -> late.get() == 2);
    }

    @Test
    void wakesAtTheDeadlineAndNotBefore() {
        long start = System.nanoTime();
        CompletableFuture<Long> woken = new CompletableFuture<>();

        deadlines.watch(start + TimeUnit.MILLISECONDS.toNanos(500), () -> woken.complete(System.nanoTime()));

        // The promise is ten percent; a busy machine may be late with anything.
        assertThat(TimeUnit.NANOSECONDS.toMillis(
                        woken.orTimeout(20, TimeUnit.SECONDS).join() - start))
                .isBetween(500L, 1_000L);
    }

    @Test
    void leavesWhoeverIsInTimeAlone() {
        AtomicInteger late = new AtomicInteger();
        Watch watch = deadlines.watch(in(60_000), late::incrementAndGet);

        boolean inTime = deadlines.end(watch);
        watch.expire();

        assertThat(inTime).isTrue();
        assertThat(late).hasValue(0);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void tellsWhoeverIsLateAndTakesTheInterruptBack() {
        AtomicInteger late = new AtomicInteger();
        Watch watch = deadlines.watch(in(1), late::incrementAndGet);
        await().until(() -> late.get() == 1);

        boolean inTime = deadlines.end(watch);

        assertThat(inTime).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void hearsOfADeadlineThatComesWhileItWaitsForALock() {
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        AtomicInteger late = new AtomicInteger();
        deadlines.watch(new Thread(), in(1), () -> {
            telling.countDown();
            awaitIt(told);
        });
        awaitIt(telling);

        deadlines.watch(new Thread(), in(20), late::incrementAndGet);
        told.countDown();

        await().until(() -> late.get() == 1);
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void goesOnWhenSomebodyCanNotBeTold() {
        AtomicInteger late = new AtomicInteger();
        deadlines.watch(in(1), () -> {
            throw new IllegalStateException("broken");
        });

        deadlines.watch(in(10), late::incrementAndGet);

        await().until(() -> late.get() == 1);
    }

    private static long in(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void findsEveryOneOfManyInWhateverOrderOthersEnd() {
        AtomicInteger late = new AtomicInteger();
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            boolean kept = i % 3 == 0;
            Watch watch = deadlines.watch(in(kept ? 60_000 : 300), late::incrementAndGet);
            if (kept) {
                watches.add(watch);
            }
        }
        watches.forEach(deadlines::end);
        watches.forEach(deadlines::end);

        await().until(() -> late.get() == 20);
    }
}
