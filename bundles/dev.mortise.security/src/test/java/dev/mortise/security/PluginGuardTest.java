// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static dev.mortise.security.Fixtures.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.call.Call;
import dev.mortise.security.PluginGuard.Outcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PluginGuardTest {
    private static final Limits LIMITS = new Limits(Duration.ofMillis(500), 2);
    private static final Limits PATIENT = new Limits(Duration.ofSeconds(10), 2);

    private final CountDownLatch never = new CountDownLatch(1);
    private final ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    private PluginGuard guard = new PluginGuard(plugin("aa", "1.0.0"), loader, PATIENT);

    @AfterEach
    void end() {
        never.countDown();
        guard.close();
    }

    @Test
    void answersWhatThePluginAnswers() {
        assertThat(call(() -> "x")).isEqualTo(new Outcome.Answered<>("x"));
    }

    @Test
    void failsWhatIsTooSlowAndInterruptsIt() {
        hasty();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        CountDownLatch interrupted = new CountDownLatch(1);

        Outcome<String> outcome = call(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                seen.set(e);
                interrupted.countDown();
            }
            return "late";
        });

        assertThat(reason(outcome)).contains("no answer within 500 ms");
        assertThat(interrupted).satisfies(CountDownLatch::await);
        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void isNotHeldUpByCodeThatNeverReturns() {
        hasty();
        for (int i = 0; i < 3; i++) {
            assertThat(reason(call(this::deaf))).contains("no answer");
        }

        assertThat(reason(call(() -> "x"))).contains("no answer");
        never.countDown();
        await().until(() -> call(() -> "x").equals(new Outcome.Answered<>("x")));
    }

    @Test
    void containsErrorsOfThePlugin() {
        assertThat(reason(call(() -> {
                    throw new OutOfMemoryError("pretended");
                })))
                .contains("OutOfMemoryError");
    }

    @Test
    void countsFailuresOfARetiredVersionForNothing() {
        guard.close();

        assertThat(call(() -> "x")).isInstanceOf(Outcome.Retired.class);
    }

    @Test
    void runsPluginsCodeWithThePluginsContextLoader() {
        assertThat(call(() -> Thread.currentThread().getContextClassLoader() == loader ? "own" : "foreign"))
                .isEqualTo(new Outcome.Answered<>("own"));
    }

    private void hasty() {
        guard.close();
        guard = new PluginGuard(plugin("aa", "1.0.0"), loader, LIMITS);
    }

    private String deaf() {
        while (true) {
            try {
                never.await();
                return "late";
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    private Outcome<String> call(Callable<String> task) {
        Call context = Call.withoutTenant("aa", "r-1", PATIENT.timeout());
        return guard.call(context, task, Outcome.Answered::new);
    }

    private static String reason(Outcome<String> outcome) {
        return ((Outcome.Failed<String>) outcome).reason();
    }
}
