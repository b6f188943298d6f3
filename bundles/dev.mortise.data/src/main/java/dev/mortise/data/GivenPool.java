// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The connections of the one plugin of a process, with a role that somebody else made: nothing exists before the first. */
final class GivenPool implements AutoCloseable {
    private static final Limits LIMITS = Limits.DEFAULT;

    private final PluginId plugin;
    private final Supplier<Database> given;
    private final SessionStatements statements = new SessionStatements();
    private final OwnFunctions functions;
    private final ConnectionBudget budget = new ConnectionBudget(LIMITS.pluginConnections(), LIMITS.patience());
    private volatile @Nullable HikariDataSource pool;
    private @Nullable Pools pools;
    private boolean closed;

    GivenPool(PluginId plugin, Supplier<Database> given) {
        this.plugin = plugin;
        this.functions = new OwnFunctions(PluginNames.schemaOf(plugin));
        this.given = given;
    }

    /** Lends a connection that is set to the tenant; empty for none. */
    Connection lend(String tenant) throws SQLException {
        try {
            return lend(opened(), tenant);
        } catch (SQLException e) {
            throw DatabaseFault.marked(e);
        }
    }

    private Connection lend(HikariDataSource source, String tenant) throws SQLException {
        Connection connection = source.getConnection();
        try {
            Session session = connection.unwrap(Session.Holder.class).session();
            session.beFor(tenant, functions);
            String name = "The connection of plugin '" + plugin + "'";
            return new LentConnection(name, connection, session, source, statements, functions).connection();
        } catch (SQLException | RuntimeException e) {
            source.evictConnection(connection);
            connection.close();
            throw e;
        }
    }

    private synchronized HikariDataSource opened() throws SQLException {
        if (closed) {
            throw new SQLException("The DataSource of plugin '" + plugin + "' is closed: the process ends.", "08003");
        }
        HikariDataSource open = pool;
        if (open == null) {
            pools = new Pools(LIMITS);
            open = pools.plugin(plugin.value(), budget.counted(Sources.of("The source of " + plugin, this::connect)));
            pool = open;
        }
        return open;
    }

    /** Asked for each connection: a password that was given anew counts from the next one on. */
    private Connection connect() throws SQLException {
        Database database = given.get();
        DataSource app = new Connector(new Given(database), LIMITS)
                .app(database.user(), database.password(), PluginNames.schemaOf(plugin));
        return app.getConnection();
    }

    @Override
    public synchronized void close() {
        closed = true;
        HikariDataSource open = pool;
        if (open != null) {
            open.close();
        }
        if (pools != null) {
            pools.close();
        }
    }

    private record Given(Database database) implements DatabaseServer {
        @Override
        public String url() {
            return database.url();
        }

        @Override
        public String user() {
            return database.user();
        }

        @Override
        public Optional<String> password() {
            return Optional.of(database.password());
        }
    }
}
