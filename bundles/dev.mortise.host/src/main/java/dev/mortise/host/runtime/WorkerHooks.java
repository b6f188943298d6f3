// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.tenancy.TenantHooks;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeDeclaration.Scope;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What concerns single tenants of a plugin that runs in processes: one is started, told or ended. */
final class WorkerHooks implements TenantHooks {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerHooks.class);

    private final PluginId plugin;
    private final Scope scope;
    private final WorkerFleet fleet;
    private final Function<TenantId, TenantPart> parts;
    private final TenantLimits limits;
    private final Executor threads;

    /** Reads what tenants gave on the threads, which may wait for the database; they are the caller's. */
    WorkerHooks(
            PluginId plugin,
            Scope scope,
            WorkerFleet fleet,
            Function<TenantId, TenantPart> parts,
            TenantLimits limits,
            Executor threads) {
        this.plugin = plugin;
        this.scope = scope;
        this.fleet = fleet;
        this.parts = parts;
        this.limits = limits;
        this.threads = threads;
    }

    /** A process that serves all tenants may run since before this one came, and is told what it gave. */
    @Override
    public CompletableFuture<Optional<String>> start(TenantId tenant) {
        CompletableFuture<?> started = scope == Scope.TENANT
                ? fleet.start(Optional.of(tenant.value()))
                : fleet.start(Optional.empty()).thenCompose(running -> told(tenant));
        return started.<Optional<String>>thenApply(ready -> Optional.empty())
                .exceptionally(failure -> Optional.of("No process of plugin '%s' starts for tenant '%s': %s"
                        .formatted(plugin, tenant, sentence(failure))));
    }

    /** A process for all tenants is handed all of them when it starts. */
    @Override
    public boolean beginsWithAll() {
        return scope == Scope.CONTAINER;
    }

    @Override
    public CompletableFuture<Void> disable(TenantId tenant) {
        return bestEffort(
                "disable",
                tenant,
                fleet.disable(tenant.value()),
                limits.disable().toMillis());
    }

    @Override
    public CompletableFuture<Void> configUpdated(TenantId tenant) {
        return bestEffort("config-update", tenant, told(tenant), limits.notice().toMillis());
    }

    @Override
    public CompletableFuture<Void> connected(TenantId tenant) {
        CompletableFuture<Void> told = part(tenant).thenCompose(part -> fleet.connected(tenant.value(), part));
        return bestEffort("connected", tenant, told, limits.notice().toMillis());
    }

    private CompletableFuture<Void> told(TenantId tenant) {
        return part(tenant).thenCompose(part -> fleet.update(tenant.value(), part));
    }

    @Override
    public CompletableFuture<Optional<AuthVerdict>> validateAuth(TenantId tenant) {
        return part(tenant)
                .thenCompose(part -> fleet.validateAuth(tenant.value(), part))
                .completeOnTimeout(Optional.empty(), limits.validate().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    LOG.warn("plugin={} tenant={} validate-auth: {}", plugin, tenant, sentence(failure));
                    return Optional.empty();
                });
    }

    private CompletableFuture<TenantPart> part(TenantId tenant) {
        try {
            return CompletableFuture.supplyAsync(() -> parts.apply(tenant), threads);
        } catch (RejectedExecutionException retired) {
            return CompletableFuture.failedFuture(new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE, "This version of plugin '" + plugin + "' runs no more.", retired));
        }
    }

    private CompletableFuture<Void> bestEffort(
            String what, TenantId tenant, CompletableFuture<Void> doing, long limitMillis) {
        return doing.copy()
                .completeOnTimeout(null, limitMillis, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    LOG.warn("plugin={} tenant={} {}: {}", plugin, tenant, what, sentence(failure));
                    return null;
                });
    }

    private static String sentence(Throwable failure) {
        return StartProblems.words(failure);
    }
}
