// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.services.OwnWork;
import dev.mortise.host.tenancy.TenantHooks;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the hooks of one plugin version that concern single tenants, a few at a time, each within a limit. One that hangs is
 * interrupted and left; it keeps its thread, so that there are never more of them than may run at the same time.
 */
final class TenantCalls implements TenantHooks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantCalls.class);
    private static final long IDLE_SECONDS = 2;
    private static final List<String> CONCERN =
            List.of("start", "disable", "configUpdated", "connected", "validateAuth");

    private final PluginId plugin;
    private final List<PluginLifecycle> hooks;
    private final TenantLimits limits;
    private final ScheduledExecutorService timer;
    private final ThreadPoolExecutor pool;

    TenantCalls(
            PluginId plugin,
            List<PluginLifecycle> hooks,
            TenantLimits limits,
            PluginThreads threads,
            ScheduledExecutorService timer) {
        this.plugin = plugin;
        this.hooks = hooks;
        this.limits = limits;
        this.timer = timer;
        this.pool = new ThreadPoolExecutor(
                limits.parallel(),
                limits.parallel(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads);
        this.pool.allowCoreThreadTimeOut(true);
    }

    /** What is called. */
    private interface Hook {
        void call(PluginLifecycle hook) throws Exception;
    }

    /** Tells whether any of the hooks does something for single tenants. */
    static boolean concern(List<PluginLifecycle> hooks) {
        return hooks.stream().anyMatch(hook -> CONCERN.stream().anyMatch(name -> overrides(hook, name)));
    }

    private static boolean overrides(PluginLifecycle hook, String name) {
        try {
            return hook.getClass().getMethod(name, TenantId.class).getDeclaringClass() != PluginLifecycle.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletableFuture<Optional<String>> start(TenantId tenant) {
        return call(
                "start() of plugin '%s' for tenant '%s'".formatted(plugin, tenant),
                tenant,
                limits.start(),
                hook -> hook.start(tenant));
    }

    @Override
    public CompletableFuture<Void> disable(TenantId tenant) {
        return bestEffort("disable()", tenant, limits.disable(), hook -> hook.disable(tenant));
    }

    @Override
    public CompletableFuture<Void> configUpdated(TenantId tenant) {
        return bestEffort("configUpdated()", tenant, limits.notice(), hook -> hook.configUpdated(tenant));
    }

    @Override
    public CompletableFuture<Void> connected(TenantId tenant) {
        return bestEffort("connected()", tenant, limits.notice(), hook -> hook.connected(tenant));
    }

    private CompletableFuture<Void> bestEffort(String name, TenantId tenant, Duration limit, Hook hook) {
        return call("%s of plugin '%s' for tenant '%s'".formatted(name, plugin, tenant), tenant, limit, hook)
                .thenAccept(failure -> failure.ifPresent(sentence -> LOG.warn("plugin={} {}", plugin, sentence)));
    }

    @Override
    public CompletableFuture<Optional<AuthVerdict>> validateAuth(TenantId tenant) {
        List<Optional<AuthVerdict>> verdicts = new CopyOnWriteArrayList<>();
        String what = "validateAuth() of plugin '%s' for tenant '%s'".formatted(plugin, tenant);
        return call(what, tenant, limits.validate(), hook -> verdicts.add(asked(hook, tenant)))
                .thenApply(failure -> failure.isPresent() ? Optional.empty() : of(verdicts));
    }

    /** Who objects, or does not know, is heard before those who agree. */
    private static Optional<AuthVerdict> of(List<Optional<AuthVerdict>> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.filter(AuthVerdict::valid).isEmpty())
                .findFirst()
                .or(() -> verdicts.stream().findFirst())
                .orElse(Optional.of(AuthVerdict.VALID));
    }

    /** What is thrown may quote the credential, so nothing of it is logged; the caller sees it without the credential. */
    private static Optional<AuthVerdict> asked(PluginLifecycle hook, TenantId tenant) {
        try {
            return Optional.of(hook.validateAuth(tenant));
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception | LinkageError e) {
            return Optional.of(AuthVerdict.invalid(StartProblems.words(e)));
        }
    }

    /** Takes no more calls; those that run go on to their limits. */
    @Override
    public void close() {
        pool.shutdown();
    }

    private CompletableFuture<Optional<String>> call(String what, TenantId tenant, Duration limit, Hook hook) {
        CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
        try {
            pool.execute(() -> run(what, tenant, limit, hook, outcome));
        } catch (RejectedExecutionException retired) {
            outcome.complete(Optional.of(what + " was not called: this version ends."));
        }
        return outcome;
    }

    private void run(
            String what, TenantId tenant, Duration limit, Hook hook, CompletableFuture<Optional<String>> outcome) {
        Thread thread = Thread.currentThread();
        ScheduledFuture<?> watch = timer.schedule(
                () -> {
                    String late = what + " took longer than " + limit.toSeconds() + " s.";
                    if (outcome.complete(Optional.of(late))) {
                        thread.interrupt();
                    }
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            BoundContext.call(OwnWork.of(plugin, tenant, limit), () -> {
                for (PluginLifecycle one : hooks) {
                    hook.call(one);
                }
                return true;
            });
            outcome.complete(Optional.empty());
        } catch (Throwable e) {
            LOG.info("plugin={} tenant={} {} failed", plugin, tenant, what, e);
            outcome.complete(Optional.of(what + " failed: " + StartProblems.words(e)));
        } finally {
            watch.cancel(false);
            // the alarm may have come with the end; the next call must not find it
            var unused = Thread.interrupted();
        }
    }
}
