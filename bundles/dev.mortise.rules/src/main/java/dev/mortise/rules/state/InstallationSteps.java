// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.state;

import static dev.mortise.kernel.model.RuntimeState.DEGRADED;
import static dev.mortise.kernel.model.RuntimeState.ERROR;
import static dev.mortise.kernel.model.RuntimeState.READY;
import static dev.mortise.kernel.model.RuntimeState.STARTING;
import static dev.mortise.kernel.model.RuntimeState.STOPPED;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The legal steps of one installation: a plugin for a tenant. */
public final class InstallationSteps {
    private static final Map<RuntimeState, Set<RuntimeState>> TABLE = new EnumMap<>(Map.of(
            STOPPED, Set.of(STARTING),
            STARTING, Set.of(READY, DEGRADED, ERROR),
            READY, Set.of(DEGRADED, STOPPED, ERROR),
            DEGRADED, Set.of(READY, STOPPED, ERROR),
            ERROR, Set.of(STARTING, STOPPED)));

    private InstallationSteps() {}

    /** Tells whether one state may follow the other; no state follows itself. */
    public static boolean legal(RuntimeState from, RuntimeState to) {
        return TABLE.getOrDefault(from, Set.of()).contains(to);
    }

    /**
     * Checks a step before it is taken.
     *
     * @return the state to take
     * @throws IllegalStateException when it is not legal, naming plugin, tenant, from and to
     */
    public static RuntimeState step(PluginId plugin, TenantId tenant, RuntimeState from, RuntimeState to) {
        if (!legal(from, to)) {
            throw new IllegalStateException(
                    "Plugin '%s' can't step from %s to %s for tenant '%s'; after %s come only %s."
                            .formatted(
                                    plugin,
                                    from.text(),
                                    to.text(),
                                    tenant,
                                    from.text(),
                                    TABLE.getOrDefault(from, Set.of()).stream()
                                            .sorted()
                                            .map(RuntimeState::text)
                                            .toList()));
        }
        return to;
    }
}
