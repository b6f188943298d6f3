// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.tenancy.Tenancy;
import dev.mortise.host.tenancy.TenantStarts;
import dev.mortise.kernel.model.Digest;
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
    private Optional<TenantCalls> calls = Optional.empty();
    private Optional<TenantStarts> starts = Optional.empty();

    TenantPart(PluginHandle plugin, RuntimePorts ports, TenantLimits limits, PluginThreads threads, Moves moves) {
        this.plugin = plugin;
        this.tenancy = ports.platform().tenancy();
        this.timer = ports.timer();
        this.limits = limits;
        this.threads = threads;
        this.moves = moves;
    }

    /** Starts it for the first tenants, and waits for that; the others are started when their first call comes. */
    void begin(List<PluginLifecycle> hooks) {
        if (!TenantCalls.concern(hooks)) {
            return;
        }
        TenantCalls made = new TenantCalls(plugin.id(), hooks, limits, threads, timer);
        TenantStarts begun = tenancy.began(plugin.id(), digest(), made);
        calls = Optional.of(made);
        starts = Optional.of(begun);
        List<CompletableFuture<Optional<String>>> first = tenancy.served(plugin.id()).stream()
                .limit(limits.eager())
                .map(begun::start)
                .toList();
        first.forEach(start -> {
            var unused = start.thenRun(moves::happened);
        });
        awaitAll(first);
    }

    /** A tenant whose start hangs holds up the switch for as long as all starts may take, and no longer. */
    private void awaitAll(List<CompletableFuture<Optional<String>>> all) {
        int rounds = (all.size() + limits.parallel() - 1) / limits.parallel();
        long latest = System.nanoTime() + limits.start().multipliedBy(rounds).toNanos();
        while (!all.stream().allMatch(CompletableFuture::isDone)
                && !moves.givenUp()
                && System.nanoTime() - latest < 0) {
            moves.await(latest);
        }
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
