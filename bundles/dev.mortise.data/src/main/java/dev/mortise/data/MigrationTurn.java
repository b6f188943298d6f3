// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The turn of one session at a plugin's schema, of all containers. It ends with the transaction or the session, so that a
 * container that is killed keeps nobody waiting. Who waits asks again and again and holds no snapshot meanwhile: a
 * concurrent migration waits for all that are older than itself.
 */
record MigrationTurn(PluginNames names, Duration patience) {
    private static final String KEY = "(hashtextextended('mortise migrations of ' || ?, 0))";
    private static final String OF_TRANSACTION = "SELECT pg_try_advisory_xact_lock" + KEY;
    private static final String OF_SESSION = "SELECT pg_try_advisory_lock" + KEY;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Tries to take the turn until the transaction ends. */
    boolean taken(Connection connection) throws SQLException {
        return Sql.text(connection, OF_TRANSACTION, names.schema()).equals("t");
    }

    /** Takes the turn until the transaction ends, or refuses at once. */
    void now(Connection connection) throws SQLException, MigrationRefused {
        if (!taken(connection)) {
            throw new MigrationRefused(busy());
        }
    }

    /** Takes the turn until the transaction ends. */
    void forTransaction(Connection connection) throws SQLException, InterruptedException, MigrationRefused {
        take(connection, OF_TRANSACTION);
    }

    /** Takes the turn until the session ends, or lets go of all that it has. */
    void forSession(Connection connection) throws SQLException, InterruptedException, MigrationRefused {
        take(connection, OF_SESSION);
    }

    private void take(Connection connection, String lock) throws SQLException, InterruptedException, MigrationRefused {
        long end = System.nanoTime() + patience.toNanos();
        while (!Sql.text(connection, lock, names.schema()).equals("t")) {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            if (System.nanoTime() - end > 0) {
                throw new MigrationRefused(busy());
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private MigrationProblem busy() {
        return new MigrationProblem(
                "The schema of plugin '" + names.plugin() + "' is being changed by another order or container."
                        + " Nothing was changed.",
                "'migration running' shows what runs; try again when it has ended.");
    }
}
