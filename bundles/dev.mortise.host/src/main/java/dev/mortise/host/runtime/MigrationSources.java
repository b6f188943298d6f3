// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.data.Migration;
import dev.mortise.api.data.MigrationSource;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.StartProblem;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Fetches the migrations that a started bundle brings as services. Lives on the thread of the plugin. */
record MigrationSources(PluginHandle plugin, Bundle bundle, BundleContext host) {
    /** Answers the migrations; nothing when no source came until this time, or the start is no longer wanted. */
    Optional<List<Migration>> fetch(Moves moves, long untilNanos) throws Exception {
        TrackedServices<MigrationSource, List<Migration>> sources = new TrackedServices<>(
                plugin,
                bundle,
                host,
                MigrationSource.class,
                source -> List.copyOf(plugin.call("migrations() of plugin '" + plugin.id() + "'", source::migrations)));
        try {
            while (!sources.update() || sources.isEmpty()) {
                if (moves.givenUp() || System.nanoTime() - untilNanos >= 0) {
                    return Optional.empty();
                }
                moves.await(untilNanos);
            }
            return Optional.of(sources.values().stream().flatMap(List::stream).toList());
        } finally {
            sources.close();
        }
    }

    static StartProblem noneCame(PluginId plugin) {
        return new StartProblem(
                "Plugin '" + plugin + "' promises a MigrationSource and registers none.",
                "Its MigrationSource must not wait for services of Mortise: they come after the migrations.");
    }
}
