// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Handler;
import dev.mortise.gateway.guard.RetryBudgets;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.Forwarding;
import dev.mortise.kernel.port.RemoteInstances;

/** Makes the handlers of plugins whose processes the host runs; one budget of retries for each plugin. */
record FleetForwarding(Neighbours neighbours, RetryBudgets budgets, RepeatedWarnings warnings) implements Forwarding {
    @Override
    public Handler to(PluginId plugin, RemoteInstances instances, boolean streaming, boolean repeatable) {
        return new FleetForwarder(
                plugin,
                new RemoteCarrier(neighbours, plugin.value(), streaming),
                instances,
                repeatable,
                budgets.of(plugin.value()),
                warnings);
    }
}
