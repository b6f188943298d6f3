// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.InstallationStore;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantPlugins;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which plugins are there for which tenant, and which running versions were started for whom. */
public final class Tenancy implements TenantPlugins {
    private static final Logger LOG = LoggerFactory.getLogger(Tenancy.class);

    private final Sources sources;
    private final Policy policy;
    private final Duration patience;
    private final Executor background;
    private final Decisions decisions = new Decisions(this);
    private final HookFigures figures = new HookFigures();
    private final Map<Digest, Run> running = new ConcurrentHashMap<>();
    private volatile Situation situation;

    /** Where it reads what is decided and deployed. */
    public record Sources(
            Supplier<HostSnapshot> deployed,
            Supplier<Optional<InstallationStore>> decided,
            Supplier<Optional<TenantDirectory>> tenants) {}

    private record Run(PluginId plugin, TenantStarts starts) {}

    /**
     * Waits at most so long for the start of a version for a tenant; keeps in the background how starts went.
     *
     * @param background one thread that may wait for the database; owned by the caller
     */
    public Tenancy(Sources sources, Policy policy, Duration patience, Executor background) {
        this.background = background;
        this.sources = sources;
        this.policy = policy;
        this.patience = patience;
        this.situation = new Situation(Map.of(), HostSnapshot.EMPTY, policy);
    }

    @Override
    public Standing standing(TenantId tenant, PluginId plugin) {
        return now().standing(tenant, plugin);
    }

    @Override
    public void enter(TenantId tenant, PluginId plugin, Digest digest) {
        Run run = running.get(digest);
        if (run != null) {
            run.starts.enter(tenant, patience);
        }
    }

    @Override
    public Set<String> withheld(TenantId tenant, PluginId caller) {
        return now().decided(tenant, caller).map(Decided::withheld).orElse(Set.of());
    }

    /** Takes note of a version that has something to do for each tenant and is about to take calls. */
    public TenantStarts began(PluginId plugin, Digest digest, TenantHooks hooks) {
        TenantStarts starts = new TenantStarts(
                hooks, (tenant, failure) -> background.execute(() -> started(tenant, plugin, failure)));
        running.put(digest, new Run(plugin, starts));
        return starts;
    }

    private void started(TenantId tenant, PluginId plugin, Optional<String> failure) {
        try {
            synchronized (decisions) {
                decisions.started(tenant, plugin, failure);
            }
        } catch (MortiseException e) {
            LOG.warn("plugin={} tenant={} how its start went is not kept: {}", plugin, tenant, e.getMessage());
        }
        leaveLate(tenant, plugin);
    }

    /** A call, or an order, that was let in before the plugin was disabled may have begun the start after that. */
    private void leaveLate(TenantId tenant, PluginId plugin) {
        if (now().decided(tenant, plugin).filter(row -> !row.enabled()).isPresent()) {
            runsOf(plugin).forEach(run -> {
                var unused = run.disable(tenant);
            });
        }
    }

    /** Such a version ended. */
    public void ended(Digest digest, TenantStarts starts) {
        running.computeIfPresent(digest, (same, run) -> run.starts == starts ? null : run);
    }

    /** Answers the tenants that a plugin is enabled for and that are served, ordered by slug. */
    public List<TenantId> served(PluginId plugin) {
        Situation current = now();
        return sources.tenants().get().map(TenantDirectory::all).orElse(List.of()).stream()
                .filter(tenant -> !tenant.suspended())
                .map(Tenant::id)
                .filter(tenant -> current.standing(tenant, plugin) instanceof Standing.Open)
                .toList();
    }

    /** Answers the running versions of a plugin that have something to do for each tenant. */
    List<TenantStarts> runsOf(PluginId plugin) {
        return running.values().stream()
                .filter(run -> run.plugin.equals(plugin))
                .map(Run::starts)
                .toList();
    }

    /** Answers the tenants that called a plugin not longer ago than this, the last one first, where it does something for each. */
    public List<TenantId> calledWithin(PluginId plugin, Duration time) {
        return runsOf(plugin).stream()
                .flatMap(run -> run.calledWithin(time).stream())
                .distinct()
                .toList();
    }

    /** A tenant is deleted, here or elsewhere: what was started for it says goodbye; nobody waits for that. */
    public void leave(TenantId tenant) {
        running.values().forEach(run -> {
            var unused = run.starts.disable(tenant);
        });
    }

    /** Another node decided something: what runs here starts for the tenant, or says goodbye to it; nobody waits. */
    public void decidedElsewhere(TenantId tenant, PluginId plugin, Optional<Decided> before, Decided now) {
        boolean took = before.map(Situation::takesCalls).orElse(policy == Policy.ALL);
        boolean takes = Situation.takesCalls(now);
        for (TenantStarts run : took == takes ? List.<TenantStarts>of() : runsOf(plugin)) {
            if (takes) {
                var unused = run.start(tenant);
            } else if (now.enabled()) {
                run.forget(tenant);
            } else {
                var unused = run.disable(tenant);
            }
        }
    }

    /** Waits for something that a plugin does for a tenant, as long as that may take. */
    void await(Future<?> hook) {
        await(hook, patience);
    }

    static void await(Future<?> hook, Duration time) {
        try {
            if (!hook.isDone()) {
                hook.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException goesOnWithout) {
            // whoever calls is served all the same: a plugin that does not start well is degraded, not gone
        }
    }

    Situation now() {
        Map<TenantId, Map<PluginId, Decided>> decided =
                sources.decided().get().map(InstallationStore::decided).orElse(Map.of());
        HostSnapshot deployed = sources.deployed().get();
        Situation known = situation;
        if (!known.of(decided, deployed)) {
            known = new Situation(decided, deployed, policy);
            situation = known;
        }
        return known;
    }

    /** Answers who counts hooks that hang; whoever made this closes it. */
    public HookFigures figures() {
        return figures;
    }

    /** Answers who keeps what is decided; whoever decides holds its monitor. */
    Decisions decisions() {
        return decisions;
    }

    Sources sources() {
        return sources;
    }
}
