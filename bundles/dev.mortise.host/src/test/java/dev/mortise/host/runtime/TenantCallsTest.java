// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantCallsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<TenantCalls> made = new ArrayList<>();

    @AfterEach
    void end() {
        made.forEach(TenantCalls::close);
        timer.shutdownNow();
    }

    private TenantCalls calls(PluginLifecycle... hooks) {
        TenantCalls calls = new TenantCalls(
                new PluginId("crm"),
                List.of(hooks),
                new TenantLimits(Duration.ofSeconds(10), SHORT, SHORT, SHORT, 2, 3),
                new PluginThreads("crm", new AtomicInteger()),
                timer);
        made.add(calls);
        return calls;
    }

    private static PluginLifecycle judging(AuthVerdict verdict) {
        return new PluginLifecycle() {
            @Override
            public AuthVerdict validateAuth(TenantId tenant) {
                return verdict;
            }
        };
    }

    @Test
    void everyHookOfATenantConcernsTenants() {
        assertThat(TenantCalls.concern(List.of(new PluginLifecycle() {}))).isFalse();
        assertThat(TenantCalls.concern(List.of(judging(AuthVerdict.VALID)))).isTrue();
        assertThat(TenantCalls.concern(List.of(new PluginLifecycle() {
                    @Override
                    public void configUpdated(TenantId tenant) {}
                })))
                .isTrue();
        assertThat(TenantCalls.concern(List.of(new PluginLifecycle() {
                    @Override
                    public void connected(TenantId tenant) {}
                })))
                .isTrue();
    }

    @Test
    void noticesRunInTheContextOfTheTenant() {
        List<String> heard = new ArrayList<>();
        TenantCalls calls = calls(new PluginLifecycle() {
            @Override
            public void configUpdated(TenantId tenant) {
                heard.add("config "
                        + BoundContext.find().flatMap(CallContext::tenant).orElseThrow());
            }

            @Override
            public void connected(TenantId tenant) {
                heard.add("connected "
                        + BoundContext.find().flatMap(CallContext::tenant).orElseThrow());
            }
        });

        calls.configUpdated(ACME).join();
        calls.connected(ACME).join();

        assertThat(heard).containsExactly("config acme", "connected acme");
    }

    @Test
    void credentialsAreGoodWhenNobodyObjects() {
        assertThat(calls(new PluginLifecycle() {}).validateAuth(ACME).join()).contains(AuthVerdict.VALID);
        assertThat(calls(judging(AuthVerdict.VALID), judging(AuthVerdict.invalid("Old.")))
                        .validateAuth(ACME)
                        .join())
                .contains(AuthVerdict.invalid("Old."));
        assertThat(calls(judging(AuthVerdict.invalid("Old.")), judging(AuthVerdict.VALID))
                        .validateAuth(ACME)
                        .join())
                .contains(AuthVerdict.invalid("Old."));
    }

    @Test
    void whatIsThrownIsAnObjection() {
        TenantCalls calls = calls(new PluginLifecycle() {
            @Override
            public AuthVerdict validateAuth(TenantId tenant) {
                throw new IllegalStateException("401");
            }
        });

        assertThat(calls.validateAuth(ACME).join()).contains(AuthVerdict.invalid("IllegalStateException: 401."));
    }

    @Test
    void aVerdictThatDoesNotComeInTimeIsNone() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        TenantCalls calls = calls(new PluginLifecycle() {
            @Override
            public AuthVerdict validateAuth(TenantId tenant) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                return AuthVerdict.VALID;
            }
        });

        assertThat(calls.validateAuth(ACME).join()).isEmpty();
        interrupted.await();
    }
}
