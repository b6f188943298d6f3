// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs migrations on a connection of the schema's owner: each in one transaction, unless it is declared as concurrent.
 * What runs is the owner's; nothing of the core user's rights is in reach.
 */
final class MigrationRun {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationRun.class);

    private final PluginNames names;
    // waits as long as another container's migration may take, not only as long as for a table
    private final MigrationTurn turn;
    private final TransactionalMigration transactional;
    private final ConcurrentMigration concurrent;
    private final Duration lockLimit;

    MigrationRun(PluginNames names, Limits limits) {
        this.names = names;
        this.turn = new MigrationTurn(names, limits.migrations().longest());
        this.transactional = new TransactionalMigration(names);
        this.lockLimit = limits.migrations().lock();
        this.concurrent = new ConcurrentMigration(names, limits.migrations());
    }

    /** What running came to: how many ran, and why the next one did not. */
    record Result(int applied, Optional<MigrationProblem> problem) {}

    /** Runs what is due, in order, and stops at the first that is refused; those before it stay. */
    Result run(Connection connection, ReleaseMigrations release) throws SQLException, InterruptedException {
        int applied = 0;
        for (Migration migration : release.migrations()) {
            try {
                MigrationProgress.tell(connection, migration);
                applied += migration.kind() == Migration.Kind.CONCURRENT
                        ? alone(connection, release, migration)
                        : inTransaction(connection, release, migration);
            } catch (MigrationRefused e) {
                return new Result(applied, Optional.of(applied == 0 ? e.problem() : afterOthers(e.problem(), applied)));
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
            throws SQLException, InterruptedException, MigrationRefused {
        LockPatience patience = new LockPatience(lockLimit);
        while (true) {
            try {
                return attempt(connection, release, migration, patience);
            } catch (MigrationRefused e) {
                patience.pause(e);
            }
        }
    }

    private int attempt(Connection connection, ReleaseMigrations release, Migration migration, LockPatience patience)
            throws SQLException, InterruptedException, MigrationRefused {
        connection.setAutoCommit(false);
        try {
            turn.forTransaction(connection);
            patience.slice(connection);
            if (!isDue(connection, release, migration)) {
                return 0;
            }
            long begin = System.nanoTime();
            List<String> hints = transactional.apply(connection, migration);
            commit(connection, migration);
            hints.forEach(hint -> LOG.warn(
                    "{}", MigrationSentence.of(names.plugin(), migration).hint(hint)));
            log(migration, begin);
            return 1;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void commit(Connection connection, Migration migration) throws SQLException, MigrationRefused {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw MigrationFault.refusal(names, migration, e);
        }
    }

    /** Outside of any transaction; the turn ends with what the session then lets go of. */
    private int alone(Connection connection, ReleaseMigrations release, Migration migration)
            throws SQLException, InterruptedException, MigrationRefused {
        turn.forSession(connection);
        if (!isDue(connection, release, migration)) {
            return 0;
        }
        long begin = System.nanoTime();
        concurrent.apply(connection, migration);
        log(migration, begin);
        return 1;
    }

    private static boolean isDue(Connection connection, ReleaseMigrations release, Migration migration)
            throws SQLException, MigrationRefused {
        MigrationHistory history = MigrationHistory.readAsOwner(connection);
        Optional<MigrationProblem> conflict = release.conflict(history);
        if (conflict.isPresent()) {
            throw new MigrationRefused(conflict.get());
        }
        return release.due(history).contains(migration);
    }

    private void log(Migration migration, long begin) {
        LOG.info(
                "plugin={} migration {} ({}) applied in {} ms",
                names.plugin(),
                migration.version(),
                migration.description(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        WaysBack.foreseen(names, migration).ifPresent(sentence -> LOG.warn("{}", sentence));
    }
}
