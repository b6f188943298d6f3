// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedExecutorTest {
    private final BoundedExecutor executor = new BoundedExecutor("reports", task -> new Thread(task, "one-of-mine"));

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void carriesTheContextOfTheSubmitter() throws Exception {
        Call call = Call.withoutTenant("reports", "request-7", Duration.ofSeconds(5));

        String seen = BoundContext.call(call, () -> executor.submit(() -> BoundContext.require("test")
                                .requestId() + " on " + Thread.currentThread().getName())
                .get(5, TimeUnit.SECONDS));

        assertThat(seen).isEqualTo("request-7 on one-of-mine");
        assertThat(executor.submit(() -> BoundContext.find().isPresent()).get(5, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void failsTheFutureWithWhatTheTaskThrows() {
        CompletableFuture<String> future = executor.submit(() -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> future.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no");
    }

    @Test
    void takesNoMoreThanItCanHold() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        int fits = BoundedExecutor.THREADS + BoundedExecutor.QUEUE;
        for (int i = 0; i < fits; i++) {
            executor.execute(() -> {
                awaitQuietly(end);
                ran.incrementAndGet();
            });
        }

        assertThatThrownBy(() -> executor.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage(
                        "PluginExecutor of plugin 'reports' takes no task: 8 tasks run and 1000 wait already; submit"
                                + " less, or wait for some to end.");
        end.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> ran.get() == fits);
    }

    @Test
    void cancelsEverythingWhenThePluginIsRetired() {
        CountDownLatch never = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> futures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            futures.add(executor.submit(() -> never.await(1, TimeUnit.HOURS)));
        }

        executor.close();

        assertThat(futures).allMatch(CompletableFuture::isDone);
        assertThatThrownBy(() -> executor.submit(() -> true))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageEndingWith("it was retired.");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
