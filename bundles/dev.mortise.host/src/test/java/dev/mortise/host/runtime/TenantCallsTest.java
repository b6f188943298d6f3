// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.tenancy.HookFigures;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.testkit.port.MemoryMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantCallsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<TenantCalls> made = new ArrayList<>();
    private final HookFigures figures = new HookFigures();
    private final AtomicInteger changes = new AtomicInteger();
    private final Stubborn stubborn = new Stubborn();

    @AfterEach
    void end() {
        stubborn.release.countDown();
        made.forEach(TenantCalls::close);
        timer.shutdownNow();
    }

    /** But for starts, nothing may take long. */
    private TenantCalls hasty(PluginLifecycle... hooks) {
        return calls(SHORT, hooks);
    }

    private TenantCalls calls(PluginLifecycle... hooks) {
        return calls(LONG, hooks);
    }

    private TenantCalls calls(Duration limit, PluginLifecycle... hooks) {
        PluginId crm = new PluginId("crm");
        TenantLimits limits = new TenantLimits(LONG, limit, limit, limit, 2, 3, LONG, 3);
        PluginThreads threads = new PluginThreads("crm", new AtomicInteger());
        TenantCalls calls = new TenantCalls(
                crm,
                List.of(hooks),
                limits,
                new HookQueue(crm, limits, threads, timer, figures, changes::incrementAndGet));
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

    /** A failure of the queue would be logged with all that it says. */
    @Test
    void anErrorThatIsThrownIsAnObjectionToo() {
        TenantCalls calls = calls(new PluginLifecycle() {
            @Override
            public AuthVerdict validateAuth(TenantId tenant) {
                throw new AssertionError("canary");
            }
        });

        assertThat(calls.validateAuth(ACME).join()).contains(AuthVerdict.invalid("AssertionError: canary."));
    }

    @Test
    void aVerdictThatDoesNotComeInTimeIsNone() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        TenantCalls calls = calls(Duration.ofSeconds(1), new PluginLifecycle() {
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

    /** Does not end for tenants whose names begin with bad, until it is let go; notes who else was told. */
    private static final class Stubborn implements PluginLifecycle {
        final CountDownLatch release = new CountDownLatch(1);
        final List<String> begun = new CopyOnWriteArrayList<>();

        @Override
        public void start(TenantId tenant) {
            configUpdated(tenant);
        }

        @Override
        public void configUpdated(TenantId tenant) {
            begun.add(tenant.value());
            while (tenant.value().startsWith("bad") && release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException ignored) {
                    // that is what is wrong with it
                }
            }
        }
    }

    private static TenantId tenant(String name) {
        return new TenantId(name);
    }

    @Test
    void hooksThatIgnoreTheInterruptHoldNobodyElseUp() {
        TenantCalls calls = hasty(stubborn);
        calls.configUpdated(tenant("bad1")).join();
        calls.configUpdated(tenant("bad2")).join();

        calls.configUpdated(ACME).join();

        await().untilAsserted(() -> assertThat(stubborn.begun).containsExactlyInAnyOrder("bad1", "bad2", "acme"));
        assertThat(calls.start(tenant("beta")).join()).isEmpty();
        assertThat(calls.trouble()).isEmpty();
    }

    @Test
    void aTenantWhoseHookHangsHasNoOtherOne() {
        TenantCalls calls = hasty(stubborn);
        calls.configUpdated(tenant("bad1")).join();
        CompletableFuture<Optional<String>> behind = calls.start(tenant("bad1"));

        assertThat(calls.waits(tenant("bad1"))).isTrue();
        String sentence =
                "start() of plugin 'crm' for tenant 'bad1' was not called: configUpdated() hangs for this tenant"
                        + " and ignores the interrupt. Restart the plugin with 'restart crm', and mend the hook: it must end when"
                        + " it is interrupted.";
        assertThat(behind).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Optional.of(sentence));
        assertThat(calls.start(tenant("bad1")).getNow(Optional.empty())).contains(sentence);
        assertThat(stubborn.begun).containsExactly("bad1");
    }

    @Test
    void callsNoneAnyMoreWhenTooManyHang() {
        TenantCalls calls = hasty(stubborn);
        MemoryMeters meters = new MemoryMeters();
        figures.use(meters);
        Stream.of("bad1", "bad2", "bad3").forEach(name -> {
            var unused = calls.configUpdated(tenant(name));
        });

        await().untilAsserted(() -> assertThat(calls.trouble().map(Problem::message))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("3 hooks of plugin 'crm' hang and ignore the interrupt: configUpdated() for tenant")
                        .contains("'bad1'", "'bad2'", "'bad3'")
                        .endsWith(". None of its hooks is called for any tenant.")));
        await().untilAsserted(() -> assertThat(changes).hasValueGreaterThan(2));
        assertThat(calls.start(ACME).getNow(Optional.empty()).orElseThrow())
                .startsWith("start() of plugin 'crm' for tenant 'acme' was not called: 3 hooks of plugin 'crm' hang")
                .contains("Restart the plugin with 'restart crm'");
        assertThat(meters.all())
                .containsEntry("mortise.tenant.hooks.hanging{}", 3L)
                .containsEntry("mortise.tenant.hooks.refused{}", 1L);

        stubborn.release.countDown();
        await().untilAsserted(() -> assertThat(calls.trouble()).isEmpty());
        assertThat(calls.start(ACME).join()).isEmpty();
    }

    @Test
    void aTenantHasOneHookAtATimeAndNoticesThatWaitAreOne() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> told = new CopyOnWriteArrayList<>();
        TenantCalls calls = calls(new PluginLifecycle() {
            @Override
            public void start(TenantId tenant) throws InterruptedException {
                first.countDown();
                go.await();
            }

            @Override
            public void configUpdated(TenantId tenant) {
                told.add(go.getCount() + " " + tenant);
            }
        });
        CompletableFuture<Optional<String>> start = calls.start(ACME);
        first.await();
        assertThat(calls.waits(ACME)).isFalse();

        List<CompletableFuture<Void>> notices =
                Stream.generate(() -> calls.configUpdated(ACME)).limit(8).toList();
        calls.configUpdated(tenant("beta")).join();
        go.countDown();
        start.join();
        notices.forEach(CompletableFuture::join);

        await().untilAsserted(() -> assertThat(told).containsExactly("1 beta", "0 acme"));
    }
}
