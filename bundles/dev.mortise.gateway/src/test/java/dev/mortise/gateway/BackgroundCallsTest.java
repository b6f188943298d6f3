// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundCallsTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final Deadlines deadlines = new Deadlines();
    private final BackgroundCalls calls = new BackgroundCalls(new BackgroundCalls.Bounds(2, 1, 1), deadlines);
    private final Owner owner = Owner.core(BackgroundCallsTest.class.getClassLoader(), new Neighbours());

    @AfterEach
    void close() {
        release.countDown();
        calls.close();
        deadlines.close();
    }

    @Test
    void countNoneAsWaitingThatWasToldThatItIsLate() throws Exception {
        CompletableFuture<String> held = run(Duration.ofSeconds(20), () -> {
            release.await();
            return "held";
        });
        CompletableFuture<String> late = run(Duration.ofMillis(20), () -> "never");
        assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS)).hasMessageContaining("waited for a thread");
        assertThat(owner.stay().lane().waiting()).isZero();

        CompletableFuture<String> next = run(Duration.ofSeconds(20), () -> "next");

        release.countDown();
        assertThat(held.get(10, TimeUnit.SECONDS)).isEqualTo("held");
        assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("next");
    }

    private CompletableFuture<String> run(Duration time, Callable<String> task) {
        CallContext context = new Call(
                Optional.empty(),
                FakeAccess.ALICE,
                Optional.empty(),
                "request-1",
                Optional.empty(),
                System.nanoTime() + time.toNanos(),
                0);
        return calls.run(owner, context, task, refusal -> new MortiseException(refusal.code(), refusal.detail()))
                .toCompletableFuture();
    }
}
