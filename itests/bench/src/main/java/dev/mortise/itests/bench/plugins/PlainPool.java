// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;

/** A pool as one has it without Mortise, whose connections have the same limits of time. */
public final class PlainPool {
    private PlainPool() {}

    /** Opens one; it ends with the container. The lines are the URL of JDBC, the user and the password. */
    public static HikariDataSource open(List<String> way) {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(way.get(0));
        config.setUsername(way.get(1));
        config.setPassword(way.get(2));
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(4);
        // What Mortise sets for every plugin, tenants or not: each costs the driver or the server something per
        // statement.
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
                        + " -c client_connection_check_interval=1000");
        config.addDataSourceProperty("socketTimeout", "60");
        return new HikariDataSource(config);
    }
}
