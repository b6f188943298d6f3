// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.GivenDatabases;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Makes data sources of databases that were given to the process by somebody who owns them. */
public final class GivenDataSources implements GivenDatabases {
    @Override
    public Offer<?> dataSource(PluginId plugin, Supplier<Database> given) {
        GivenPool pool = new GivenPool(plugin, given);
        String name = "DataSource of plugin '" + plugin + "'";
        DataSource source = Sources.of(name, () -> pool.lend(PluginDataSources.tenantOf(name)));
        return new Offer<>(DataSource.class, source, Map.of(), pool::close);
    }
}
