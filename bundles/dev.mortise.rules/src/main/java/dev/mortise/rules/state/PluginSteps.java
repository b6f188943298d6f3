// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.state;

import static dev.mortise.kernel.model.PluginState.DEGRADED;
import static dev.mortise.kernel.model.PluginState.DRAINING;
import static dev.mortise.kernel.model.PluginState.FAILED;
import static dev.mortise.kernel.model.PluginState.MIGRATING;
import static dev.mortise.kernel.model.PluginState.QUARANTINED;
import static dev.mortise.kernel.model.PluginState.READY;
import static dev.mortise.kernel.model.PluginState.REJECTED;
import static dev.mortise.kernel.model.PluginState.RESOLVED;
import static dev.mortise.kernel.model.PluginState.STAGED;
import static dev.mortise.kernel.model.PluginState.STARTING;
import static dev.mortise.kernel.model.PluginState.STOPPED;
import static dev.mortise.kernel.model.PluginState.WAITING;

import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The legal steps of one plugin version on one node. */
public final class PluginSteps {
    private static final Map<PluginState, Set<PluginState>> TABLE = new EnumMap<>(Map.ofEntries(
            Map.entry(STAGED, Set.of(RESOLVED, WAITING, REJECTED, FAILED)),
            Map.entry(RESOLVED, Set.of(MIGRATING, WAITING, FAILED)),
            Map.entry(WAITING, Set.of(STAGED, READY, DEGRADED, DRAINING, FAILED)),
            Map.entry(REJECTED, Set.of(STAGED)),
            Map.entry(MIGRATING, Set.of(STARTING, FAILED)),
            Map.entry(STARTING, Set.of(READY, DEGRADED, FAILED)),
            Map.entry(READY, Set.of(DEGRADED, WAITING, DRAINING, FAILED)),
            Map.entry(DEGRADED, Set.of(READY, WAITING, DRAINING, FAILED)),
            Map.entry(DRAINING, Set.of(STOPPED, FAILED)),
            Map.entry(STOPPED, Set.of(STAGED)),
            Map.entry(FAILED, Set.of(STAGED, QUARANTINED)),
            Map.entry(QUARANTINED, Set.of(STAGED))));

    private PluginSteps() {}

    /** Answers the states that may follow. */
    public static Set<PluginState> after(PluginState from) {
        return TABLE.getOrDefault(from, Set.of());
    }

    /** Tells whether one state may follow the other; no state follows itself. */
    public static boolean legal(PluginState from, PluginState to) {
        return after(from).contains(to);
    }

    /**
     * Checks a step before it is taken.
     *
     * @return the state to take
     * @throws IllegalStateException when it is not legal, naming plugin, from and to
     */
    public static PluginState step(PluginIdentity plugin, PluginState from, PluginState to) {
        if (!legal(from, to)) {
            throw new IllegalStateException("Plugin " + plugin + " can't step from " + from + " to " + to + "; after "
                    + from + " come only " + after(from).stream().sorted().toList() + ".");
        }
        return to;
    }
}
