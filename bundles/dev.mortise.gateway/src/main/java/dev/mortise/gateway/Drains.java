// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.PluginIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows the mounts that calls may still run in although they were switched out, by plugin version. */
final class Drains {
    // Guarded by the monitor, as one version may be switched in and out many times.
    private final Map<PluginIdentity, List<Traffic>> running = new HashMap<>();

    synchronized void add(Collection<Leaver> leavers) {
        for (Leaver leaver : leavers) {
            List<Traffic> mounts =
                    running.computeIfAbsent(leaver.version().manifest().identity(), identity -> new ArrayList<>());
            mounts.removeIf(Traffic::retiredAndIdle);
            mounts.add(leaver.version().traffic());
        }
    }

    /** Answers what completes when all mounts of the version are idle; nothing when none is known. */
    synchronized Optional<CompletionStage<Void>> of(PluginIdentity plugin) {
        List<Traffic> mounts = running.getOrDefault(plugin, List.of());
        if (mounts.isEmpty()) {
            return Optional.empty();
        }
        CompletableFuture<?>[] idle = mounts.stream()
                .map(traffic -> traffic.idle().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return Optional.of(CompletableFuture.allOf(idle).thenRun(() -> forget(plugin)));
    }

    private synchronized void forget(PluginIdentity plugin) {
        running.computeIfPresent(plugin, (identity, mounts) -> {
            mounts.removeIf(Traffic::retiredAndIdle);
            return mounts.isEmpty() ? null : mounts;
        });
    }
}
