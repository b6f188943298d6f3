// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Installations;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes orders about plugins for single tenants; one after the other is decided, hooks run beside each other. */
public final class InstallationOrders implements Installations {
    private static final String DISABLED = "It was disabled for this tenant.";
    private static final String STOPPED = "Plugin '%s' is stopped for tenant '%s'. An administrator can start it.";

    private final Tenancy tenancy;
    private final KnownTenants tenants;
    private final Decisions decisions;

    /** Takes orders for the tenancy. */
    public InstallationOrders(Tenancy tenancy) {
        this.tenancy = tenancy;
        this.tenants = new KnownTenants(tenancy.sources().tenants());
        this.decisions = tenancy.decisions();
    }

    @Override
    public List<Installation> list(String tenant) {
        Tenant known = tenants.get(tenant);
        InstallationViews views = InstallationViews.of(tenancy);
        return Stream.concat(
                        views.situation().deployed().plugins().keySet().stream(),
                        views.situation().decidedFor(known.id()).stream())
                .distinct()
                .sorted()
                .map(plugin -> views.view(known, plugin))
                .toList();
    }

    @Override
    public Installation find(String tenant, String plugin) {
        return view(tenants.get(tenant), known(plugin));
    }

    @Override
    public Installation enable(String tenant, String plugin, boolean withProviders) {
        Tenant whose = tenants.staying(tenant);
        PluginId id = known(plugin);
        Set<PluginId> enabled = new LinkedHashSet<>();
        synchronized (decisions) {
            decisions.look();
            enable(whose.id(), id, withProviders, new Order(new HashSet<>(), enabled));
        }
        enabled.forEach(one -> start(whose.id(), one, TenantStarts::start));
        return view(whose, id);
    }

    /** What one order led to: the plugins that were looked at, and those that are enabled now, providers first. */
    private record Order(Set<PluginId> visited, Set<PluginId> enabled) {}

    private void enable(TenantId tenant, PluginId plugin, boolean withProviders, Order order) {
        order.visited.add(plugin);
        List<Dependency> missing = tenancy.now().missing(tenant, plugin);
        if (!missing.isEmpty() && !withProviders) {
            throw refused(missing.stream()
                    .map(need -> Needed.sentence(plugin, need, tenant))
                    .collect(Collectors.joining(" ")));
        }
        missing.stream()
                .map(Dependency::plugin)
                .filter(provider -> !order.visited.contains(provider))
                .forEach(provider -> enable(tenant, provider, true, order));
        if (decisions.enable(tenant, plugin) || decisions.starts(tenant, plugin)) {
            order.enabled.add(plugin);
        } else {
            decisions.confirm(tenant, plugin);
        }
    }

    @Override
    public Installation disable(String tenant, String plugin, boolean force) {
        Tenant whose = tenants.staying(tenant);
        PluginId id = known(plugin);
        synchronized (decisions) {
            decisions.look();
            Situation now = tenancy.now();
            List<PluginId> dependents = now.dependents(whose.id(), id);
            // what needs it lost it when it was disabled: ordered again, that is so already
            if (now.enabled(whose.id(), id) && !dependents.isEmpty() && !force) {
                throw refused(Needed.refusal(id, dependents, now.leaving(whose.id(), id), whose.id()));
            }
            decisions.disable(whose.id(), id, DISABLED);
        }
        tenancy.runsOf(id).forEach(run -> tenancy.await(run.disable(whose.id())));
        return view(whose, id);
    }

    @Override
    public Installation start(String tenant, String plugin) {
        Tenant whose = tenants.staying(tenant);
        PluginId id = enabled(whose, plugin);
        if (!decisions.state(whose.id(), id).equals(RuntimeState.READY)) {
            start(whose.id(), id, TenantStarts::startAnew);
        }
        return view(whose, id);
    }

    @Override
    public Installation stop(String tenant, String plugin) {
        Tenant whose = tenants.staying(tenant);
        PluginId id = enabled(whose, plugin);
        stop(whose, id);
        return view(whose, id);
    }

    @Override
    public Installation restart(String tenant, String plugin) {
        Tenant whose = tenants.staying(tenant);
        PluginId id = enabled(whose, plugin);
        stop(whose, id);
        start(whose.id(), id, TenantStarts::start);
        return view(whose, id);
    }

    @Override
    public Installation grant(String tenant, String plugin, String permission, boolean granted) {
        Tenant whose = tenants.staying(tenant);
        PluginId id = known(plugin);
        List<String> requested = new Grants(tenancy.now()).requested(id);
        if (!requested.contains(permission)) {
            throw new MortiseException(
                    ErrorCode.VALIDATION_FAILED,
                    "Plugin '%s' requests no permission '%s'. Its dependencies request: %s."
                            .formatted(id, permission, requested.isEmpty() ? "none" : String.join(", ", requested)));
        }
        synchronized (decisions) {
            decisions.look();
            decisions.withhold(whose.id(), id, permission, !granted);
        }
        return view(whose, id);
    }

    private void stop(Tenant whose, PluginId id) {
        synchronized (decisions) {
            if (!decisions.stop(whose.id(), id, STOPPED.formatted(id, whose.slug()))) {
                throw notEnabled(whose, id);
            }
        }
        tenancy.runsOf(id).forEach(run -> run.forget(whose.id()));
    }

    /** Runs the start hooks, if there are any; what comes of them is decided when they end. */
    private void start(TenantId tenant, PluginId plugin, BiFunction<TenantStarts, TenantId, Future<?>> order) {
        synchronized (decisions) {
            decisions.start(tenant, plugin);
        }
        List<TenantStarts> runs = tenancy.runsOf(plugin);
        runs.stream().map(run -> order.apply(run, tenant)).toList().forEach(tenancy::await);
        if (runs.stream().anyMatch(run -> run.starting(tenant))) {
            return; // it tells itself how it ended
        }
        Set<String> failures = new TreeSet<>();
        runs.forEach(run -> run.outcome(tenant).flatMap(outcome -> outcome).ifPresent(failures::add));
        synchronized (decisions) {
            decisions.started(tenant, plugin, failures.stream().findFirst());
        }
    }

    private Installation view(Tenant tenant, PluginId plugin) {
        return InstallationViews.of(tenancy).view(tenant, plugin);
    }

    private PluginId enabled(Tenant tenant, String plugin) {
        PluginId id = known(plugin);
        synchronized (decisions) {
            decisions.look();
        }
        if (!tenancy.now().enabled(tenant.id(), id)) {
            throw notEnabled(tenant, id);
        }
        return id;
    }

    private static MortiseException notEnabled(Tenant tenant, PluginId id) {
        return refused("Plugin '%s' is not enabled for tenant '%s'. Enable it first.".formatted(id, tenant.slug()));
    }

    private PluginId known(String plugin) {
        Optional<PluginId> id = Optional.of(plugin).filter(PluginId::valid).map(PluginId::new);
        return id.filter(tenancy.now().deployed().plugins()::containsKey)
                .orElseThrow(
                        () -> new MortiseException(ErrorCode.PLUGIN_NOT_FOUND, "There is no plugin '" + plugin + "'."));
    }

    private static MortiseException refused(String sentence) {
        return new MortiseException(ErrorCode.CONFLICT, sentence);
    }
}
