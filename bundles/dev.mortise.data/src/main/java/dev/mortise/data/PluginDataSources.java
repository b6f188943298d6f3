// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.PluginRuns.Run;
import dev.mortise.kernel.port.PluginServices;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives each plugin version a DataSource that shows the rows of the call's tenant, and records that it runs. */
@Component(property = "mortise.platform=data")
public final class PluginDataSources implements PluginServices {
    private final PooledDatabase database;
    private final RunningPlugins running;
    private final ConnectionBudget budget;

    /** Works on the open database. */
    @Activate
    public PluginDataSources(@Reference OpenDatabase database, @Reference RunningPlugins running) {
        this(database.opened(), running);
    }

    /** For a database that no other node knows. */
    PluginDataSources(PooledDatabase database) {
        this(database, RunningPlugins.alone(database));
    }

    PluginDataSources(PooledDatabase database, RunningPlugins running) {
        this.running = running;
        Limits limits = database.connector().limits();
        this.database = database;
        this.budget =
                new ConnectionBudget(limits.forPlugins(), limits.patience().dividedBy(2));
    }

    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        PluginIdentity plugin = scope.manifest().identity();
        PluginNames names = new PluginNames(plugin.id(), database.id());
        PluginPool pool = new PluginPool(plugin.toString(), names, database, budget);
        String name = "DataSource of plugin '" + plugin.id() + "'";
        DataSource source = Sources.of(name, () -> pool.lend(tenantOf(name)));
        Run runs = running.runs(plugin);
        return List.of(new Offer<>(DataSource.class, source, Map.of(), () -> {
            pool.close();
            runs.close();
        }));
    }

    /** Answers how many connections plugins have, of how many they may have. */
    int open() {
        return budget.open();
    }

    /** Answers the tenant of the call that the thread runs, empty for none; the name is who asks. */
    static String tenantOf(String name) {
        return BoundContext.require(name).tenant().map(TenantId::value).orElse("");
    }
}
