// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import java.util.Optional;

/**
 * Says how a process outside of the container reaches the tables of its plugin. Implemented by the data bundle, used by the
 * host for plugins that it runs as workers.
 */
public interface PluginLogins {
    /**
     * Answers address, role and password; makes schema and role where there are none yet. Blocks, and throws
     * {@code MortiseException} SERVICE_UNAVAILABLE while the database can't be reached, or where it does not keep tenants
     * apart.
     *
     * @param tenant the only one whose rows the process gets at, whatever it says; empty for a process of all tenants,
     *     which names the tenant of each call itself
     */
    WorkerProcesses.Database of(PluginId plugin, Optional<TenantId> tenant);
}
