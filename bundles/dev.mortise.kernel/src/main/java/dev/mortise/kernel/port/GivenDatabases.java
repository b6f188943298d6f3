// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.util.function.Supplier;

/**
 * Gives a plugin in a process of its own the DataSource that it has in the container: with the role of the plugin, and the
 * tenant of the call set on each connection that is lent. Implemented by data, used by the worker, which finds it by {@link
 * java.util.ServiceLoader}.
 */
public interface GivenDatabases {
    /**
     * Makes the DataSource; opens nothing before it is used. Whoever asked runs {@link Offer#close} at the end.
     *
     * @param given answers how the tables are reached now
     */
    Offer<?> dataSource(PluginId plugin, Supplier<Database> given);
}
