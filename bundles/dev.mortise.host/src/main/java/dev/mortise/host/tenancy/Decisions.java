// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import static dev.mortise.kernel.model.RuntimeState.DEGRADED;
import static dev.mortise.kernel.model.RuntimeState.ERROR;
import static dev.mortise.kernel.model.RuntimeState.READY;
import static dev.mortise.kernel.model.RuntimeState.STARTING;
import static dev.mortise.kernel.model.RuntimeState.STOPPED;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.rules.state.InstallationSteps;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps what is decided about plugins for tenants, by legal steps only. Not safe for use by several threads: whoever decides
 * holds its monitor.
 */
final class Decisions {
    private final Tenancy tenancy;

    Decisions(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Answers how it stands by what was decided; where nothing was, it runs if it is enabled. */
    RuntimeState state(TenantId tenant, PluginId plugin) {
        return tenancy.now()
                .decided(tenant, plugin)
                .map(Decided::state)
                .orElse(tenancy.now().enabled(tenant, plugin) ? READY : STOPPED);
    }

    /** It is enabled, and still stopped. */
    void enable(TenantId tenant, PluginId plugin) {
        put(tenant, plugin, true, STOPPED, "It is being enabled.");
    }

    /** It is stopped, whatever it did, and disabled. */
    void disable(TenantId tenant, PluginId plugin, String reason) {
        put(tenant, plugin, false, stopped(tenant, plugin), reason);
    }

    /** It is enabled and takes no calls. */
    void stop(TenantId tenant, PluginId plugin, String reason) {
        put(tenant, plugin, true, stopped(tenant, plugin), reason);
    }

    /** It begins to start, if it is stopped or in error. */
    void start(TenantId tenant, PluginId plugin) {
        RuntimeState state = state(tenant, plugin);
        if (state == STOPPED || state == ERROR) {
            note(tenant, plugin, InstallationSteps.step(plugin, tenant, state, STARTING), "It starts.");
        }
    }

    /** Its start ended, unless somebody stopped it meanwhile. */
    void started(TenantId tenant, PluginId plugin, Optional<String> failure) {
        RuntimeState state = state(tenant, plugin);
        RuntimeState next = failure.isPresent() ? DEGRADED : READY;
        if (tenancy.now().enabled(tenant, plugin) && InstallationSteps.legal(state, next) && state != STOPPED) {
            note(tenant, plugin, next, failure.orElse(""));
        }
    }

    /** Keeps a state of an enabled one. */
    void note(TenantId tenant, PluginId plugin, RuntimeState state, String reason) {
        put(tenant, plugin, true, state, reason);
    }

    /** Takes a permission away, or gives it back. */
    void withhold(TenantId tenant, PluginId plugin, String permission, boolean withheld) {
        Set<String> all = new TreeSet<>(tenancy.withheld(tenant, plugin));
        boolean changed = withheld ? all.add(permission) : all.remove(permission);
        if (changed) {
            Optional<Decided> before = tenancy.now().decided(tenant, plugin);
            store().decide(
                            tenant,
                            plugin,
                            new Decided(
                                    tenancy.now().enabled(tenant, plugin),
                                    state(tenant, plugin),
                                    before.map(Decided::reason).orElse(""),
                                    before.map(Decided::since).orElseGet(Instant::now),
                                    all));
        }
    }

    /** From everywhere to STOPPED by legal steps: what is starting fails on the way. */
    private RuntimeState stopped(TenantId tenant, PluginId plugin) {
        RuntimeState state = state(tenant, plugin);
        if (state == STOPPED) {
            return STOPPED;
        }
        RuntimeState from = state == STARTING ? InstallationSteps.step(plugin, tenant, STARTING, ERROR) : state;
        return InstallationSteps.step(plugin, tenant, from, STOPPED);
    }

    private void put(TenantId tenant, PluginId plugin, boolean enabled, RuntimeState state, String reason) {
        Decided next = new Decided(enabled, state, reason, Instant.now(), tenancy.withheld(tenant, plugin));
        Optional<Decided> before = tenancy.now().decided(tenant, plugin);
        boolean same = before.filter(known -> known.enabled() == enabled
                        && known.state() == state
                        && known.reason().equals(reason))
                .isPresent();
        if (!same) {
            store().decide(tenant, plugin, next);
        }
    }

    private InstallationStore store() {
        return tenancy.sources()
                .decided()
                .get()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE, "The database is not there yet. Try again."));
    }
}
