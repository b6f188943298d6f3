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
import dev.mortise.kernel.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the hooks of one plugin version that concern single tenants, each within a limit. */
final class TenantCalls implements TenantHooks, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TenantCalls.class);
    private static final String START = "start()";
    private static final List<String> CONCERN =
            List.of("start", "disable", "configUpdated", "connected", "validateAuth");

    private final PluginId plugin;
    private final List<PluginLifecycle> hooks;
    private final TenantLimits limits;
    private final HookQueue queue;

    /** Calls the hooks by way of a queue, which ends with this. */
    TenantCalls(PluginId plugin, List<PluginLifecycle> hooks, TenantLimits limits, HookQueue queue) {
        this.plugin = plugin;
        this.hooks = hooks;
        this.limits = limits;
        this.queue = queue;
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

    /** It waits for its turn, however long that takes: each start that runs before has a limit of its own. */
    @Override
    public CompletableFuture<Optional<String>> start(TenantId tenant) {
        return queue.submit(task(START, tenant, false, limits.start(), hook -> hook.start(tenant)));
    }

    @Override
    public boolean waits(TenantId tenant) {
        return queue.waits(START, tenant);
    }

    @Override
    public CompletableFuture<Void> disable(TenantId tenant) {
        return bestEffort(task("disable()", tenant, false, limits.disable(), hook -> hook.disable(tenant)));
    }

    @Override
    public CompletableFuture<Void> configUpdated(TenantId tenant) {
        return bestEffort(task("configUpdated()", tenant, true, limits.notice(), hook -> hook.configUpdated(tenant)));
    }

    @Override
    public CompletableFuture<Void> connected(TenantId tenant) {
        return bestEffort(task("connected()", tenant, true, limits.notice(), hook -> hook.connected(tenant)));
    }

    /** Whoever asked waits no longer than it may take, also for its turn; it is called all the same. */
    private CompletableFuture<Void> bestEffort(HookTask task) {
        return queue.submit(task)
                .copy()
                .completeOnTimeout(
                        Optional.of(task.what() + " did not end within "
                                + task.limit().toSeconds() + " s."),
                        task.limit().toNanos(),
                        TimeUnit.NANOSECONDS)
                .thenAccept(failure -> failure.ifPresent(sentence -> LOG.warn("plugin={} {}", plugin, sentence)));
    }

    @Override
    public CompletableFuture<Optional<AuthVerdict>> validateAuth(TenantId tenant) {
        List<Optional<AuthVerdict>> verdicts = new CopyOnWriteArrayList<>();
        HookTask task =
                task("validateAuth()", tenant, false, limits.validate(), hook -> verdicts.add(asked(hook, tenant)));
        // a verdict that nobody waits for is not asked for any more
        return queue.submit(task)
                .completeOnTimeout(Optional.of("Late."), limits.validate().toNanos(), TimeUnit.NANOSECONDS)
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
        } catch (OutOfMemoryError | InternalError | UnknownError e) {
            throw e; // they are not the plugin's, and quote nothing
        } catch (Throwable e) {
            return Optional.of(AuthVerdict.invalid(StartProblems.words(e)));
        }
    }

    /** Answers what keeps hooks from being called for any tenant. */
    Optional<Problem> trouble() {
        return queue.trouble();
    }

    /** Takes no more calls; those that run go on to their limits. */
    @Override
    public void close() {
        queue.close();
    }

    private HookTask task(String name, TenantId tenant, boolean repeatable, Duration limit, Hook hook) {
        return new HookTask(
                name,
                "%s of plugin '%s' for tenant '%s'".formatted(name, plugin, tenant),
                tenant,
                repeatable,
                limit,
                () -> called(tenant, limit, hook),
                new CompletableFuture<>());
    }

    private boolean called(TenantId tenant, Duration limit, Hook hook) throws Exception {
        return BoundContext.call(OwnWork.of(plugin, tenant, limit), () -> {
            for (PluginLifecycle one : hooks) {
                hook.call(one);
            }
            return true;
        });
    }
}
