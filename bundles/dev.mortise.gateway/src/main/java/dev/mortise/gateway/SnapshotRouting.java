// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.Routing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Holds the snapshot in one volatile reference, and is the only one who writes it. */
final class SnapshotRouting implements Routing {
    private final Mounting mounting;

    // The monitor lets one writer at a time in and guards retired; readers never take it.
    private final Map<PluginIdentity, List<Traffic>> retired = new HashMap<>();
    private volatile RoutingSnapshot snapshot = RoutingSnapshot.CLOSED;

    SnapshotRouting(Mounting mounting) {
        this.mounting = mounting;
    }

    RoutingSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public synchronized void open() {
        snapshot = snapshot.opened();
    }

    @Override
    public synchronized void apply(Change change) {
        List<Mounting.Mounted> mounted = change.put().stream().map(this::mount).toList();
        List<PluginMount> replaced = replaced(change);
        snapshot = snapshot.with(mounted, change.remove());
        // Only now: whoever still comes by the old snapshot is turned away and finds this one.
        replaced.forEach(this::retireUnlessKept);
    }

    @Override
    public synchronized CompletionStage<Void> drained(PluginIdentity plugin) {
        List<Traffic> running = retired.getOrDefault(plugin, List.of());
        if (running.isEmpty() && serves(plugin)) {
            return CompletableFuture.failedFuture(new IllegalStateException(
                    "Plugin " + plugin + " still serves. It must leave the snapshot before it can drain."));
        }
        CompletableFuture<?>[] idle = running.stream()
                .map(traffic -> traffic.idle().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(idle).thenRun(() -> forget(plugin));
    }

    private Mounting.Mounted mount(Entry entry) {
        PluginMount before = snapshot.plugin(entry.manifest().id().value());
        if (entry.state().serves() && (before == null || !before.serves())) {
            mounting.tellWhatStaysClosed(entry.manifest());
        }
        return mounting.mount(entry, traffic(before, entry), lastServed(before, entry));
    }

    /** A mount goes on when the same code goes on serving; calls that run in it stay counted. */
    private static Traffic traffic(@Nullable PluginMount before, Entry entry) {
        return before != null && before.serves() && entry.state().serves() && sameCode(before.entry(), entry)
                ? before.owner().traffic()
                : new Traffic();
    }

    private static boolean sameCode(Entry before, Entry entry) {
        return before.loader() == entry.loader()
                && before.manifest().identity().equals(entry.manifest().identity());
    }

    private static Optional<Instant> lastServed(@Nullable PluginMount before, Entry entry) {
        if (before == null || entry.state().serves()) {
            return Optional.empty();
        }
        return before.serves() ? Optional.of(entry.since()) : before.lastServed();
    }

    private List<PluginMount> replaced(Change change) {
        List<PluginMount> replaced = new ArrayList<>();
        change.put().forEach(entry -> addServing(entry.manifest().id().value(), replaced));
        change.remove().forEach(id -> addServing(id.value(), replaced));
        return replaced;
    }

    private void addServing(String id, List<PluginMount> mounts) {
        PluginMount mount = snapshot.plugin(id);
        if (mount != null && mount.serves()) {
            mounts.add(mount);
        }
    }

    private void retireUnlessKept(PluginMount old) {
        PluginMount now = snapshot.plugin(old.id());
        Traffic traffic = old.owner().traffic();
        if (now == null || now.owner().traffic() != traffic) {
            traffic.retire();
            List<Traffic> running =
                    retired.computeIfAbsent(old.entry().manifest().identity(), identity -> new ArrayList<>());
            running.removeIf(Traffic::retiredAndIdle);
            running.add(traffic);
        }
    }

    private boolean serves(PluginIdentity plugin) {
        PluginMount mount = snapshot.plugin(plugin.id().value());
        return mount != null
                && mount.serves()
                && mount.entry().manifest().identity().equals(plugin);
    }

    private synchronized void forget(PluginIdentity plugin) {
        retired.computeIfPresent(plugin, (identity, running) -> {
            running.removeIf(Traffic::retiredAndIdle);
            return running.isEmpty() ? null : running;
        });
    }
}
