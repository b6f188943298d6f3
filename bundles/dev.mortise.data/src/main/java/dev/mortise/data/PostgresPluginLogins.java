// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginLogins;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets processes of plugins log in as the role that their plugin works as in the container. */
@Component
public final class PostgresPluginLogins implements PluginLogins {
    private final PooledDatabase database;

    /** Works on the open database. */
    @Activate
    public PostgresPluginLogins(@Reference OpenDatabase database) {
        this(database.opened());
    }

    PostgresPluginLogins(PooledDatabase database) {
        this.database = database;
    }

    @Override
    public Database of(PluginId plugin) {
        PluginNames names = new PluginNames(plugin, database.id());
        PluginRoles roles = new PluginRoles(database.key());
        try (Connection core = database.pool().getConnection()) {
            roles.ensure(core, names);
        } catch (SQLException e) {
            throw DatabaseFault.of("a process of plugin '" + plugin + "' is being started", e);
        } catch (Refusal e) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
        return new Database(database.connector().server().url(), names.app(), roles.appPassword(names));
    }
}
