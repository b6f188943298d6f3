// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.WorkerOrders;
import dev.mortise.kernel.admin.Workers;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the processes of plugins to the surfaces. */
@Component
public final class WorkersComponent implements Workers {
    private final WorkerOrders orders;

    /** Makes the offer. */
    @Activate
    public WorkersComponent(@Reference HostState state, @Reference Platform platform) {
        Workforce workforce = platform.workforce();
        this.orders = new WorkerOrders(
                state::snapshot, workforce::processes, workforce::fleets, platform::tenants, state.tenancy()::served);
    }

    @Override
    public List<Worker> list() {
        return orders.list();
    }

    @Override
    public List<Worker> command(PluginId plugin, Command command, Optional<String> tenant, Optional<Integer> instance) {
        return orders.command(plugin, command, tenant, instance);
    }
}
