// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.util.List;
import java.util.Optional;

/** The processes in which plugins run beside the container. Implemented by the host, used by the admin surfaces. */
public interface Workers {
    /** Answers all of them, by plugin, tenant and instance; tenants are named by their slugs. */
    List<Worker> list();

    /**
     * Answers those of one plugin.
     *
     * @param tenant its slug, or its id where the host answers; all tenants when it is left out
     * @param instance all of them when it is left out
     */
    default List<Worker> find(PluginId plugin, Optional<String> tenant, Optional<Integer> instance) {
        return list().stream()
                .filter(worker -> worker.plugin().equals(plugin.value()))
                .filter(worker -> tenant.isEmpty() || tenant.equals(worker.tenant()))
                .filter(worker -> instance.isEmpty() || instance.get() == worker.instance())
                .toList();
    }

    /**
     * Carries out an order, waits for that, and answers the processes of the plugin afterwards.
     *
     * @param tenant id or slug; all tenants when it is left out
     * @param instance all of them when it is left out
     * @throws dev.mortise.api.error.MortiseException PLUGIN_NOT_FOUND, TENANT_NOT_FOUND and the like; CONFLICT when the
     *     plugin runs in no process
     */
    List<Worker> command(PluginId plugin, Command command, Optional<String> tenant, Optional<Integer> instance);
}
