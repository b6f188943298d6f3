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
import java.util.function.Supplier;

/**
 * Keeps what is decided about plugins for tenants, by legal steps only, and judges again where another node decided meanwhile.
 * Not safe for use by several threads: whoever decides holds its monitor.
 */
final class Decisions {
    /** More often than that nobody is always faster. */
    private static final int MOST_TRIES = 100;

    private final Tenancy tenancy;

    Decisions(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** A step from one state to another, with its reason. */
    private record Step(boolean enabled, RuntimeState state, String reason) {
        boolean changes(Decided known) {
            return known.enabled() != enabled
                    || known.state() != state
                    || !known.reason().equals(reason);
        }
    }

    /** Looks what other nodes decided; every order begins with this. */
    void look() {
        tenancy.sources().decided().get().ifPresent(InstallationStore::refresh);
    }

    /** Answers how it stands by what was decided; where nothing was, it runs if it is enabled. */
    RuntimeState state(TenantId tenant, PluginId plugin) {
        return tenancy.now()
                .decided(tenant, plugin)
                .map(Decided::state)
                .orElse(tenancy.now().enabled(tenant, plugin) ? READY : STOPPED);
    }

    /**
     * It is enabled and begins to start; answers whether it was not enabled before. It takes calls at once, and the first one
     * starts it, should whoever enables it be gone before that.
     */
    boolean enable(TenantId tenant, PluginId plugin) {
        return decide(
                tenant,
                plugin,
                () -> tenancy.now().enabled(tenant, plugin)
                        ? Optional.empty()
                        : Optional.of(new Step(
                                true,
                                InstallationSteps.step(plugin, tenant, state(tenant, plugin), STARTING),
                                "It starts.")));
    }

    /** Tells whether it began to start, and nobody wrote down how that ended. */
    boolean starts(TenantId tenant, PluginId plugin) {
        return state(tenant, plugin) == STARTING;
    }

    /** It is stopped, whatever it did, and disabled. */
    void disable(TenantId tenant, PluginId plugin, String reason) {
        decide(tenant, plugin, () -> Optional.of(new Step(false, stopped(tenant, plugin), reason)));
    }

    /** It takes no calls, if it is enabled; answers whether it is. */
    boolean stop(TenantId tenant, PluginId plugin, String reason) {
        decide(
                tenant,
                plugin,
                () -> tenancy.now().enabled(tenant, plugin)
                        ? Optional.of(new Step(true, stopped(tenant, plugin), reason))
                        : Optional.empty());
        return tenancy.now().enabled(tenant, plugin);
    }

    /** It begins to start, if it is enabled, and stopped or in error. */
    void start(TenantId tenant, PluginId plugin) {
        decide(tenant, plugin, () -> {
            RuntimeState state = state(tenant, plugin);
            boolean starts = tenancy.now().enabled(tenant, plugin) && (state == STOPPED || state == ERROR);
            return starts
                    ? Optional.of(new Step(true, InstallationSteps.step(plugin, tenant, state, STARTING), "It starts."))
                    : Optional.empty();
        });
    }

    /** Its start ended, unless somebody stopped it meanwhile. */
    void started(TenantId tenant, PluginId plugin, Optional<String> failure) {
        RuntimeState next = failure.isPresent() ? DEGRADED : READY;
        decide(tenant, plugin, () -> {
            RuntimeState state = state(tenant, plugin);
            boolean ended =
                    tenancy.now().enabled(tenant, plugin) && InstallationSteps.legal(state, next) && state != STOPPED;
            return ended ? Optional.of(new Step(true, next, failure.orElse(""))) : Optional.empty();
        });
    }

    /** Writes down that it is enabled and runs, where that only followed. */
    void confirm(TenantId tenant, PluginId plugin) {
        decide(
                tenant,
                plugin,
                () -> tenancy.now().decided(tenant, plugin).isEmpty()
                        ? Optional.of(new Step(true, READY, ""))
                        : Optional.empty());
    }

    /** Takes a permission away, or gives it back. */
    void withhold(TenantId tenant, PluginId plugin, String permission, boolean withheld) {
        if (tenancy.withheld(tenant, plugin).contains(permission) != withheld) {
            Decided otherwise = new Decided(
                    tenancy.now().enabled(tenant, plugin), state(tenant, plugin), "", Instant.now(), Set.of());
            store().withhold(tenant, plugin, permission, withheld, otherwise);
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

    /** Takes the step that follows from what is known, as often as that changed before it was kept; answers whether. */
    private boolean decide(TenantId tenant, PluginId plugin, Supplier<Optional<Step>> judge) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<Decided> before = tenancy.now().decided(tenant, plugin);
            Optional<Step> step = judge.get().filter(next -> before.isEmpty() || next.changes(before.get()));
            if (step.isEmpty()) {
                return false;
            }
            Decided next =
                    new Decided(step.get().enabled, step.get().state, step.get().reason, Instant.now(), Set.of());
            if (store().decide(tenant, plugin, before, next)) {
                return true;
            }
            store().refresh();
        }
        throw new MortiseException(
                ErrorCode.CONFLICT,
                "Other nodes change plugin '%s' of tenant '%s' all the time. Try again.".formatted(plugin, tenant));
    }

    private InstallationStore store() {
        return tenancy.sources()
                .decided()
                .get()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE, "The database is not there yet. Try again."));
    }
}
