// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who would wait if a plugin were not here: what runs, comes up or was asked for a moment ago, and requires it. */
record Dependents(Wants wants, Rows rows) {
    List<PluginId> of(PluginId plugin) {
        return wants.all().stream()
                .filter(wish -> !wish.id().equals(plugin) && needs(wish, plugin) && counts(wish))
                .map(Wish::id)
                .distinct()
                .sorted()
                .toList();
    }

    /** Says that they stand against the removal of a plugin. */
    static String refusal(PluginId plugin, List<PluginId> dependents) {
        return "Plugin '%s' is needed by %s. Remove them first, or force it: they wait until it is back."
                .formatted(plugin, dependents.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ")));
    }

    private static boolean needs(Wish wish, PluginId plugin) {
        return wish.artifact().manifest().dependencies().stream()
                .anyMatch(dependency ->
                        dependency.required() && dependency.plugin().equals(plugin));
    }

    private boolean counts(Wish wish) {
        Optional<Row> row = rows.find(wish.artifact().digest());
        boolean isNews = wish.pending()
                && row.filter(known -> known.state() != PluginState.STAGED).isEmpty();
        return isNews
                || row.filter(known -> known.current() || Conflicts.changes(known))
                        .isPresent();
    }
}
