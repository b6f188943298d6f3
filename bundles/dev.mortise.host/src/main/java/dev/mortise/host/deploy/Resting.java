// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.PluginId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells whether what is kept of a plugin may be touched: by nobody while a version of it works with it. */
record Resting(Wants wants, Rows rows) {
    /** Answers why its tables can't be changed now, if so: a version runs, begins or ends. */
    Optional<String> disturbed(PluginId plugin) {
        return rows.of(plugin).stream()
                .filter(row -> row.alive() || Conflicts.changes(row))
                .findFirst()
                .map(row -> "Plugin '%s' runs: %s is %s. 'uninstall %s' stops it, and keeps what belongs to it."
                        .formatted(plugin, row.artifact().manifest().version(), row.state(), plugin));
    }

    /** Answers why what is kept of it can't be removed now, if so: it is here, or others need it. */
    Optional<String> needed(PluginId plugin) {
        Optional<String> disturbed = disturbed(plugin);
        if (disturbed.isPresent()) {
            return disturbed;
        }
        if (!wants.of(plugin).isEmpty()) {
            return Optional.of("Plugin '%s' is here. 'uninstall %s' removes it, and keeps what belongs to it."
                    .formatted(plugin, plugin));
        }
        List<PluginId> dependents = new Dependents(wants, rows).of(plugin);
        return dependents.isEmpty() ? Optional.empty() : Optional.of(waiting(plugin, dependents));
    }

    private static String waiting(PluginId plugin, List<PluginId> dependents) {
        return "Plugin '%s' is needed by %s, which may wait for what is kept of it. Remove them first."
                .formatted(plugin, dependents.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ")));
    }
}
