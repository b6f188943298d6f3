// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.kernel.port.PassingFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one plugin version: nothing exists before the first is asked for. */
final class PluginPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginPool.class);

    private final String owner;
    private final PluginNames names;
    private final PooledDatabase database;
    private final PluginRoles roles;
    private final ConnectionBudget budget;
    private final String name;
    private final SessionStatements statements = new SessionStatements();
    private final OwnFunctions functions;
    private final BooleanSupplier eviction = this::evictIdle;
    private final Loans loans = new Loans();
    private volatile @Nullable HikariDataSource pool;
    private volatile String password = "";
    private boolean closed;

    /** The owner is the plugin version as messages name it. */
    PluginPool(String owner, PluginNames names, PooledDatabase database, ConnectionBudget budget) {
        this.owner = owner;
        this.names = names;
        this.functions = new OwnFunctions(names.schema());
        this.database = database;
        this.roles = new PluginRoles(database.key());
        this.budget = budget;
        this.name = "The connection of plugin '" + names.plugin() + "'";
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
        Connection connection = borrowed(source);
        try {
            Session session = connection.unwrap(Session.Holder.class).session();
            session.beFor(tenant, functions);
            loans.begin(session);
            return new LentConnection(name, connection, session, source, statements, functions).connection();
        } catch (SQLException | RuntimeException e) {
            source.evictConnection(connection);
            connection.close();
            throw e;
        }
    }

    /** Closes all connections, also those that the plugin still holds: these are named. */
    @Override
    public void close() {
        HikariDataSource open;
        synchronized (this) {
            closed = true;
            open = pool;
            pool = null;
        }
        if (open == null) {
            return;
        }
        if (loans.count() > 0) {
            LOG.warn(
                    "plugin={} was retired with {} database connections not closed, taken {}; they are closed now",
                    owner,
                    loans.count(),
                    loans);
        }
        budget.leave(eviction);
        open.close();
    }

    private Connection borrowed(HikariDataSource source) throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLTransientConnectionException e) {
            int all = source.getMaximumPoolSize();
            if (loans.count() < all) {
                throw e;
            }
            String sentence = "All " + all + " database connections of plugin '" + names.plugin()
                    + "' are in use, taken " + loans
                    + ". Close each soon after use, or raise 'plugin.connections' in etc/data.properties.";
            throw PassingFault.mark(new SQLTransientConnectionException(sentence, e), sentence);
        }
    }

    private HikariDataSource opened() throws SQLException {
        HikariDataSource open = pool;
        return open == null ? open() : open;
    }

    /** The lock guards that one pool is opened, and none after the close. */
    private synchronized HikariDataSource open() throws SQLException {
        if (closed) {
            throw new SQLException(
                    "The DataSource of plugin '" + names.plugin() + "' is closed: " + owner + " was retired.", "08003");
        }
        HikariDataSource open = pool;
        if (open == null) {
            ensureRoles();
            open = database.pools()
                    .plugin(
                            names.plugin().value(),
                            budget.counted(Sources.of("The source of " + names.app(), this::connect)));
            budget.join(eviction);
            pool = open;
        }
        return open;
    }

    /** A password that somebody else gave the role is set again: a role may change its own, so the plugin can too. */
    private Connection connect() throws SQLException {
        try {
            return app().getConnection();
        } catch (SQLException e) {
            if (!DatabaseFault.needsAPerson(e)) {
                throw e;
            }
            LOG.warn("plugin={} the password of role {} was changed; it is set again", owner, names.app());
            ensureRoles();
            return app().getConnection();
        }
    }

    private DataSource app() {
        return database.connector().app(names.app(), password, names.schema());
    }

    private void ensureRoles() throws SQLException {
        try (Connection core = database.pool().getConnection()) {
            password = roles.ensure(core, names);
        }
    }

    private boolean evictIdle() {
        HikariDataSource open = pool;
        if (open == null || open.getHikariPoolMXBean().getIdleConnections() == 0) {
            return false;
        }
        open.getHikariPoolMXBean().softEvictConnections();
        return true;
    }
}
