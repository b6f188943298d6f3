// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;

/**
 * The core's database: checked, its schema up to date, with a pool of connections of the core user.
 *
 * @param server the version of PostgreSQL
 * @param schema the version of schema {@code mortise}
 */
record PooledDatabase(String id, String server, int schema, Connector connector, Pools pools, HikariDataSource pool)
        implements CoreDatabase, AutoCloseable {

    /**
     * Opens the database.
     *
     * @throws SQLException when it does not answer now
     * @throws Refusal when it can't be used before a person acts
     */
    static PooledDatabase open(Connector connector, CoreSchema schema) throws SQLException {
        // a connection beside the pool: it fails at once and with the server's own words
        try (Connection connection = connector.core().getConnection()) {
            String server = ServerCheck.check(connection, connector.core()::getConnection);
            int version = schema.migrate(connection);
            String id = Sql.text(connection, "SELECT value FROM mortise.meta WHERE key = 'database_id'");
            Pools pools = new Pools(connector.limits());
            return new PooledDatabase(id, server, version, connector, pools, pools.core(connector.core()));
        }
    }

    @Override
    public <T> T call(String doing, Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw DatabaseFault.of(doing, e);
        }
    }

    @Override
    public ScheduledFuture<?> every(Duration period, Runnable task) {
        return pools.every(period, task);
    }

    @Override
    public void close() {
        pools.close();
        pool.close();
    }
}
