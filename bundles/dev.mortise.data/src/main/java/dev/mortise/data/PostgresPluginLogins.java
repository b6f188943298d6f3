// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginLogins;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets processes of plugins log in: those of one tenant as its own role, those of all as the plugin does in the container. */
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
    public Database of(PluginId plugin, Optional<TenantId> tenant) {
        PluginNames names = new PluginNames(plugin, database.id());
        try (Connection core = database.pool().getConnection()) {
            return tenant.isPresent() ? ofTenant(core, names, tenant.get()) : ofAll(core, names);
        } catch (SQLException e) {
            throw DatabaseFault.of("a process of plugin '" + plugin + "' is being started", e);
        } catch (Refusal e) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Database ofAll(Connection core, PluginNames names) throws SQLException {
        return database(names.app(), new PluginRoles(database.key()).ensure(core, names));
    }

    private Database ofTenant(Connection core, PluginNames names, TenantId tenant) throws SQLException {
        DatabaseKey key = database.key();
        String unused = new PluginRoles(key).ensureForLogins(core, names);
        int connections = database.connector().limits().tenantConnections();
        return database(names.login(tenant), new TenantLogins(key, connections).ensure(core, names, tenant));
    }

    private Database database(String role, String password) {
        return new Database(database.connector().server().url(), role, password);
    }
}
