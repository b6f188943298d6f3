// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final Outage outage = new Outage();

    @Test
    void letsOneCallerTryWhileItLastsAndRefusesTheOthersAtOnce() throws Exception {
        assertRefused(() -> outage.ask(OutageTest::fail));
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> trial = CompletableFuture.supplyAsync(() -> outage.ask(() -> {
            asked.countDown();
            return answer.join();
        }));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        assertRefused(() -> outage.ask(() -> "not asked"));

        answer.complete("back");
        assertThat(trial.get(10, TimeUnit.SECONDS)).isEqualTo("back");
        assertThat(outage.ask(() -> "all")).isEqualTo("all");
    }

    @Test
    void letsTheNextOneTryWhenATrialFails() {
        assertRefused(() -> outage.ask(OutageTest::fail));
        assertRefused(() -> outage.ask(OutageTest::fail));

        assertThat(outage.ask(() -> "back")).isEqualTo("back");
    }

    private static String fail() {
        throw new IllegalStateException("no connection");
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MortiseException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }
}
