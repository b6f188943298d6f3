// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.ScheduledFuture;

/**
 * The core's database: checked, its schema up to date, with a pool of connections of the core user.
 *
 * @param server the version of PostgreSQL
 * @param schema the version of schema {@code mortise}
 */
record PooledDatabase(
        String id,
        String server,
        int schema,
        DatabaseKey key,
        Connector connector,
        Pools pools,
        HikariDataSource pool,
        DatabaseClock clock,
        Revisions revisions)
        implements AutoCloseable {
    /** What is done with a connection; the connection is only lent. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Opens the database.
     *
     * @throws SQLException when it does not answer now
     * @throws Refusal when it can't be used before a person acts
     */
    static PooledDatabase open(Connector connector, CoreSchema schema, Path keyFile) throws SQLException {
        // a connection beside the pool: it fails at once and with the server's own words
        try (Connection connection = connector.core().getConnection()) {
            String server = ServerCheck.check(connection, connector.core()::getConnection);
            int version = schema.migrate(connection);
            String id = Sql.text(connection, "SELECT value FROM mortise.meta WHERE key = 'database_id'");
            DatabaseKey key =
                    DatabaseKey.of(keyFile, connection, connector.server().embedded());
            DatabaseClock clock = new DatabaseClock(Sql.first(
                            connection,
                            row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                            "SELECT clock_timestamp()")
                    .orElseThrow());
            Pools pools = new Pools(connector.limits());
            HikariDataSource pool = core(pools, connector);
            return new PooledDatabase(
                    id, server, version, key, connector, pools, pool, clock, new Revisions(pools, pool, clock));
        }
    }

    /** The pools have threads, which nobody else would end. */
    private static HikariDataSource core(Pools pools, Connector connector) {
        try {
            return pools.core(connector.core());
        } catch (RuntimeException | Error e) {
            pools.close();
            throw e;
        }
    }

    /** Names this run of this node among all that use the database. */
    String run() {
        return pools.run();
    }

    /** Runs work on a connection of the core user; each statement is a transaction unless the work says otherwise. */
    <T> T call(String doing, Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw DatabaseFault.of(doing, e);
        }
    }

    /** Runs work in one transaction: all of it is kept, or nothing. */
    <T> T transaction(String doing, Work<T> work) {
        return call(doing, connection -> {
            // after a fault the pool rolls back what comes back to it unfinished, and ends this mode in any case
            connection.setAutoCommit(false);
            T result = work.on(connection);
            connection.commit();
            return result;
        });
    }

    /** Runs a task again and again, on a background thread, until it is cancelled or the database is closed. */
    ScheduledFuture<?> every(Duration period, Runnable task) {
        return pools.every(period, task);
    }

    @Override
    public void close() {
        pools.close();
        pool.close();
    }
}
