// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.tenancy.Tenancy;
import dev.mortise.host.tenancy.TenantStarts;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.RuntimeDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** What one plugin version does for single tenants, from before it is switched in to its end. Lives on its thread. */
final class TenantPart {
    private final PluginHandle plugin;
    private final Tenancy tenancy;
    private final ScheduledExecutorService timer;
    private final TenantLimits limits;
    private final PluginThreads threads;
    private final Moves moves;
    private final Runnable changed;
    private Optional<TenantCalls> calls = Optional.empty();
    private Optional<TenantStarts> starts = Optional.empty();

    /** Runs {@code changed}, on any thread, when what {@link #judged} says may be another. */
    TenantPart(
            PluginHandle plugin,
            RuntimePorts ports,
            TenantLimits limits,
            PluginThreads threads,
            Moves moves,
            Runnable changed) {
        this.plugin = plugin;
        this.tenancy = ports.platform().tenancy();
        this.timer = ports.timer();
        this.limits = limits;
        this.threads = threads;
        this.moves = moves;
        this.changed = changed;
    }

    /** Starts it for the first tenants, and waits for that; the others are started when their first call comes. */
    void begin(List<PluginLifecycle> hooks) {
        boolean mayMove = plugin.artifact().manifest().locations().contains(RuntimeDeclaration.WORKER);
        if (!TenantCalls.concern(hooks) && !mayMove) {
            return; // nothing is to be done for a tenant, and nobody will ask who calls
        }
        TenantCalls made = new TenantCalls(
                plugin.id(),
                hooks,
                limits,
                new HookQueue(plugin.id(), limits, threads, timer, tenancy.figures(), changed));
        TenantStarts begun = tenancy.began(plugin.id(), digest(), made);
        calls = Optional.of(made);
        starts = Optional.of(begun);
        startAll(
                begun,
                tenancy.served(plugin.id()).stream().limit(limits.eager()).toList());
    }

    /**
     * A tenant whose start hangs holds up the switch for as long as all starts may take, and no longer. Each is begun when
     * there is room for it; those for which time is too short are begun by their first call.
     */
    private void startAll(TenantStarts begun, List<TenantId> first) {
        int rounds = (first.size() + limits.parallel() - 1) / limits.parallel();
        long latest = System.nanoTime() + limits.start().multipliedBy(rounds).toNanos();
        List<CompletableFuture<Optional<String>>> all = new ArrayList<>();
        for (TenantId tenant : first) {
            if (!awaitFewer(limits.parallel(), all, latest)) {
                return;
            }
            CompletableFuture<Optional<String>> start = begun.start(tenant);
            var unused = start.thenRun(moves::happened);
            all.add(start);
        }
        boolean unused = awaitFewer(1, all, latest);
    }

    private boolean awaitFewer(int most, List<CompletableFuture<Optional<String>>> all, long latest) {
        while (all.stream().filter(start -> !start.isDone()).count() >= most
                && !moves.givenUp()
                && System.nanoTime() - latest < 0) {
            moves.await(latest);
        }
        return !moves.givenUp() && System.nanoTime() - latest < 0;
    }

    /** Answers what was found, not fully well when no hook can be called any more. */
    Checkup judged(Checkup found) {
        return found instanceof Checkup.Good good ? new Checkup.Good(judged(good.contribution())) : found;
    }

    private Contribution judged(Contribution found) {
        return found.but(found.degraded().or(() -> calls.flatMap(TenantCalls::trouble)));
    }

    /** It takes no more calls. */
    void end() {
        starts.ifPresent(begun -> tenancy.ended(digest(), begun));
        calls.ifPresent(TenantCalls::close);
        starts = Optional.empty();
        calls = Optional.empty();
    }

    private Digest digest() {
        return plugin.artifact().digest();
    }
}
