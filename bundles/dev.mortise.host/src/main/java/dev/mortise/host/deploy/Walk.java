// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.PluginState;
import dev.mortise.rules.state.PluginSteps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Finds the legal steps between two states; on the way lie only states in which nothing runs. */
final class Walk {
    private static final Set<PluginState> CALM = Set.of(PluginState.STAGED, PluginState.WAITING);

    private Walk() {}

    /**
     * Answers the states to take one after the other, the last one being the target.
     *
     * @throws IllegalStateException when no way leads there
     */
    static List<PluginState> between(PluginState from, PluginState to) {
        Deque<List<PluginState>> open = new ArrayDeque<>(List.of(List.of(from)));
        while (!open.isEmpty()) {
            List<PluginState> path = open.remove();
            PluginState last = path.get(path.size() - 1);
            if (PluginSteps.legal(last, to)) {
                return append(path.subList(1, path.size()), to);
            }
            CALM.stream()
                    .filter(next -> PluginSteps.legal(last, next) && !path.contains(next))
                    .sorted()
                    .forEach(next -> open.add(append(path, next)));
        }
        throw new IllegalStateException("No step leads from " + from + " to " + to + ".");
    }

    private static List<PluginState> append(List<PluginState> path, PluginState next) {
        List<PluginState> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }
}
