// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginData.Stillness;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that nobody works with a plugin's tables: not on this node, as the host says, and not on another one, as that
 * recorded, and as the server's sessions say. The caller has the turn at the schema, so that no start passes meanwhile.
 */
record Quiet(PluginNames names, Stillness stillness, Duration patience, RunningPlugins running) {
    // within a transaction the sessions are looked at once, unless that is forgotten
    private static final String LOOK_ANEW = "SELECT pg_catalog.pg_stat_clear_snapshot()";
    private static final String SESSIONS =
            "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE (usename = ? OR usename ~ ?) AND datname = current_database()";

    /** Refuses when somebody does; connections that are just being closed are waited for. */
    void require(Connection connection) throws SQLException, InterruptedException, MigrationRefused {
        Optional<String> disturbed = stillness.disturbed();
        if (disturbed.isPresent()) {
            throw new MigrationRefused(new MigrationProblem(disturbed.get(), "Nothing was changed."));
        }
        long end = System.nanoTime() + patience.toNanos();
        Optional<String> busy = busy(connection);
        while (busy.isPresent()) {
            if (System.nanoTime() - end > 0) {
                throw new MigrationRefused(new MigrationProblem(
                        busy.get(),
                        "Stop it there; a node that was killed is forgotten within "
                                + running.lease().toSeconds() + " s. Nothing was changed."));
            }
            TimeUnit.MILLISECONDS.sleep(50);
            Sql.execute(connection, LOOK_ANEW);
            busy = busy(connection);
        }
    }

    private Optional<String> busy(Connection connection) throws SQLException {
        if (!Sql.text(connection, SESSIONS, names.app(), names.everyLogin()).equals("0")) {
            return Optional.of(
                    "Plugin '" + names.plugin() + "' has connections to its tables: it runs on another node.");
        }
        return running.elsewhere(names.plugin()).map(where -> where + ".");
    }
}
