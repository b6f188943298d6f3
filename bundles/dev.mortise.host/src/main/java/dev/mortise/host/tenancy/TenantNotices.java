// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Tells running plugins what a tenant gave them, and asks them what they think of it. */
public final class TenantNotices {
    private final Tenancy tenancy;
    private final KnownTenants tenants;
    private final Duration patience;

    /** Waits at most so long for an answer, beyond what the hooks themselves may take. */
    public TenantNotices(Tenancy tenancy, Duration patience) {
        this.tenancy = tenancy;
        this.tenants = new KnownTenants(tenancy.sources().tenants());
        this.patience = patience;
    }

    /** A plugin for a tenant: what can be given to it, and whether it is enabled now. */
    public record Target(Tenant tenant, PluginId plugin, ConfigSchema schema, boolean enabled) {}

    /**
     * Finds what an order names.
     *
     * @throws MortiseException NOT_FOUND or PLUGIN_NOT_FOUND when there is no such thing
     */
    public Target target(String tenant, String plugin) {
        Tenant whose = tenants.get(tenant);
        Situation now = tenancy.now();
        Optional<PluginId> id = Optional.of(plugin).filter(PluginId::valid).map(PluginId::new);
        VersionView view = id.flatMap(now.deployed()::speaker)
                .orElseThrow(
                        () -> new MortiseException(ErrorCode.PLUGIN_NOT_FOUND, "There is no plugin '" + plugin + "'."));
        ConfigSchema schema = view.manifest().map(PluginManifest::config).orElse(ConfigSchema.NONE);
        return new Target(whose, view.id(), schema, now.enabled(whose.id(), view.id()));
    }

    /** Settings changed; waits for the hooks. */
    public void configUpdated(Target target) {
        tell(target, hooks -> hooks.configUpdated(target.tenant().id()));
    }

    /** Credentials came; waits for the hooks. */
    public void connected(Target target) {
        tell(target, hooks -> hooks.connected(target.tenant().id()));
    }

    /**
     * Another node took settings or credentials; nobody waits for the hooks.
     *
     * @param connected whether credentials came; that they went is told as a change of settings
     */
    public void keptElsewhere(TenantId tenant, PluginId plugin, boolean config, boolean connected) {
        if (!tenancy.now().enabled(tenant, plugin)) {
            return;
        }
        for (TenantStarts run : tenancy.runsOf(plugin)) {
            if (config || !connected) {
                var unused = run.hooks().configUpdated(tenant);
            }
            if (connected) {
                var unused = run.hooks().connected(tenant);
            }
        }
    }

    private void tell(Target target, Function<TenantHooks, CompletableFuture<Void>> hook) {
        if (target.enabled()) {
            tenancy.runsOf(target.plugin()).stream()
                    .map(TenantStarts::hooks)
                    .map(hook)
                    .toList()
                    .forEach(this::await);
        }
    }

    /**
     * Asks the plugin about the tenant's credentials.
     *
     * @throws MortiseException CONFLICT when it is not enabled, PLUGIN_NOT_READY when it does not run, DEADLINE_EXCEEDED when
     *     it does not answer
     */
    public AuthVerdict validateAuth(Target target) {
        TenantId tenant = target.tenant().id();
        String who = "Plugin '%s' of tenant '%s' ".formatted(target.plugin(), tenant);
        if (!target.enabled()) {
            throw new MortiseException(ErrorCode.CONFLICT, who + "is not enabled. Enable it first.");
        }
        if (!runs(target)) {
            throw new MortiseException(ErrorCode.PLUGIN_NOT_READY, who + "does not run now, so it can't be asked.");
        }
        List<CompletableFuture<Optional<AuthVerdict>>> asked = tenancy.runsOf(target.plugin()).stream()
                .map(run -> run.hooks().validateAuth(tenant))
                .toList();
        return asked.stream()
                .map(answer -> await(answer)
                        .flatMap(Function.identity())
                        .orElseThrow(() -> new MortiseException(
                                ErrorCode.DEADLINE_EXCEEDED, who + "did not judge its credentials in time.")))
                .filter(verdict -> !verdict.valid())
                .findFirst()
                .or(() -> asked.stream().findFirst().flatMap(CompletableFuture::join))
                .orElse(AuthVerdict.VALID);
    }

    private boolean runs(Target target) {
        return tenancy.standing(target.tenant().id(), target.plugin()) instanceof Standing.Open
                && tenancy.now()
                        .deployed()
                        .speaker(target.plugin())
                        .filter(view -> view.state().serves())
                        .isPresent();
    }

    private <T> Optional<T> await(Future<T> answer) {
        try {
            return Optional.ofNullable(answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        }
    }
}
