// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs migrations on a connection of the schema's owner: each in one transaction that the script can't leave, and whose
 * end the server checks. What runs is the owner's; nothing of the core user's rights is in reach.
 */
final class MigrationRun {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationRun.class);

    // waits as long as another container's migration may take, not only as long as for a table
    private static final String LOCK = """
            SELECT set_config('lock_timeout', '0', true),
                   pg_advisory_xact_lock(hashtextextended('mortise migrations of ' || ?, 0))
            """;
    private static final String LOCK_TIMEOUT = "SELECT set_config('lock_timeout', ?, true)";
    private static final String RUN = "SELECT mortise.run_script(?)";
    // deferred triggers run now: after the check nothing of the script's may run
    private static final String SETTLE = "SET CONSTRAINTS ALL IMMEDIATE";
    private static final String CHECK = "SELECT mortise.check_names()";
    private static final String RECORD = "SELECT mortise.record_migration(?, ?, ?, ?)";

    private final PluginNames names;
    private final Limits limits;

    MigrationRun(PluginNames names, Limits limits) {
        this.names = names;
        this.limits = limits;
    }

    /** What running came to: how many ran, and why the next one did not. */
    record Result(int applied, Optional<MigrationProblem> problem) {}

    /** Runs what is due, in order, and stops at the first that is refused; those before it stay. */
    Result run(Connection connection, ReleaseMigrations release) throws SQLException {
        int applied = 0;
        for (Migration migration : release.migrations()) {
            connection.setAutoCommit(false);
            try {
                applied += inTransaction(connection, release, migration);
            } catch (Refused e) {
                return new Result(applied, Optional.of(applied == 0 ? e.problem : afterOthers(e.problem, applied)));
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            // a script may have left settings or locks on the session
            Sql.execute(connection, "DISCARD ALL");
        }
        return new Result(applied, Optional.empty());
    }

    /** That nothing was changed is true of the migration alone when others came before it in the same run. */
    private static MigrationProblem afterOthers(MigrationProblem problem, int applied) {
        String others = applied == 1
                ? " The migration before it was applied and stays."
                : " The " + applied + " migrations before it were applied and stay.";
        return new MigrationProblem(problem.message() + others, problem.remedy());
    }

    private int inTransaction(Connection connection, ReleaseMigrations release, Migration migration)
            throws SQLException, Refused {
        Sql.text(connection, LOCK, names.schema());
        Sql.text(connection, LOCK_TIMEOUT, limits.lock().toMillis() + "ms");
        MigrationHistory history = MigrationHistory.readAsOwner(connection);
        Optional<MigrationProblem> conflict = release.conflict(history);
        if (conflict.isPresent()) {
            throw new Refused(conflict.get());
        }
        if (!release.due(history).contains(migration)) {
            return 0;
        }
        long begin = System.nanoTime();
        apply(connection, migration);
        LOG.info(
                "plugin={} migration {} ({}) applied in {} ms",
                names.plugin(),
                migration.version(),
                migration.description(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        return 1;
    }

    private void apply(Connection connection, Migration migration) throws SQLException, Refused {
        try {
            SchemaShape before = SchemaShape.read(connection, names.schema());
            Sql.text(connection, RUN, migration.up());
            Sql.execute(connection, SETTLE);
            Sql.text(connection, CHECK);
            if (migration.phase() == Migration.Phase.EXPAND) {
                refuseLoss(migration, before.lostIn(SchemaShape.read(connection, names.schema())));
            }
            Sql.text(
                    connection,
                    RECORD,
                    migration.version(),
                    migration.description(),
                    migration.phase().name().toLowerCase(Locale.ROOT),
                    Checksum.of(migration.up()));
            connection.commit();
        } catch (SQLException e) {
            if (DatabaseFault.unreachable(e)) {
                throw e;
            }
            throw new Refused(MigrationFault.of(MigrationSentence.of(names.plugin(), migration), names, e));
        }
    }

    private void refuseLoss(Migration migration, Optional<String> loss) throws Refused {
        if (loss.isPresent()) {
            throw new Refused(MigrationSentence.of(names.plugin(), migration)
                    .problem(
                            loss.get() + ", which the version that runs may need",
                            "Let this version stop using it, and take it away in a later contract migration."));
        }
    }

    /** Ends the transaction of a migration that is not taken. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient MigrationProblem problem;

        Refused(MigrationProblem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }
    }
}
