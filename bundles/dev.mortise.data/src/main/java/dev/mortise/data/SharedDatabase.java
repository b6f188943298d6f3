// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** The connections for shared data: a pool beside the core's, so that busy plugins never keep the core waiting. */
record SharedDatabase(HikariDataSource pool) implements AutoCloseable {
    static SharedDatabase of(PooledDatabase database) {
        return new SharedDatabase(database.pools().shared(database.connector().core()));
    }

    /** Runs work on a connection; each statement is a transaction unless the work says otherwise. */
    <T> T call(String doing, PooledDatabase.Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw DatabaseFault.of(doing, e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
