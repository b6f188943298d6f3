// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs a migration inside a transaction that the script can't leave, and lets the server check what came of it. Whether
 * the transaction is kept, the caller decides.
 */
record TransactionalMigration(PluginNames names) {
    private static final String RUN = "SELECT mortise.run_script(?)";
    // deferred triggers run now: after the check nothing of the script's may run
    private static final String SETTLE = "SET CONSTRAINTS ALL IMMEDIATE";
    private static final String CHECK = "SELECT mortise.check_names()";
    private static final String HINTS = "SELECT h FROM mortise.telling_keys() h";
    private static final String RECORD = "SELECT mortise.record_migration(?, ?, ?, ?, ?, ?, ?)";

    /** Runs a script, and the server's check at its end. */
    static void run(Connection connection, String script) throws SQLException {
        Sql.text(connection, RUN, script);
        Sql.execute(connection, SETTLE);
        check(connection);
    }

    /** Lets the server judge all that the plugin has. */
    static void check(Connection connection) throws SQLException {
        Sql.text(connection, CHECK);
    }

    /**
     * Runs it and records it, or says why the server or this release does not take it. Answers what its author should
     * know of it, each as the rest of a sentence that begins with the migration.
     */
    List<String> apply(Connection connection, Migration migration) throws SQLException, MigrationRefused {
        try {
            SchemaShape before = SchemaShape.read(connection, names.schema());
            run(connection, migration.up());
            if (migration.phase() == Migration.Phase.EXPAND) {
                refuseLoss(migration, before.lostIn(SchemaShape.read(connection, names.schema())));
            }
            List<String> hints = Sql.list(connection, row -> row.getString(1), HINTS);
            record(connection, migration);
            return hints;
        } catch (SQLException e) {
            throw MigrationFault.refusal(names, migration, e);
        }
    }

    /** Records that it was applied, with its way back. */
    static void record(Connection connection, Migration migration) throws SQLException {
        Sql.text(
                connection,
                RECORD,
                migration.version(),
                migration.description(),
                migration.phase().name().toLowerCase(Locale.ROOT),
                migration.kind().name().toLowerCase(Locale.ROOT),
                Checksum.of(migration.up()),
                migration.down().orElse(null),
                migration.down().map(Checksum::of).orElse(null));
    }

    private void refuseLoss(Migration migration, Optional<String> loss) throws MigrationRefused {
        if (loss.isPresent()) {
            throw new MigrationRefused(MigrationSentence.of(names.plugin(), migration)
                    .problem(
                            loss.get() + ", which the version that runs may need",
                            "Let this version stop using it, and take it away in a later contract migration."));
        }
    }
}
