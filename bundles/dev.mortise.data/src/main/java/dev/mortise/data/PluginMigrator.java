// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings one plugin's schema up to its migrations. */
final class PluginMigrator {
    private final PooledDatabase database;
    private final PluginRoles roles;
    private final OwnerLogin login;

    PluginMigrator(PooledDatabase database) {
        this.database = database;
        this.roles = new PluginRoles(database.key());
        this.login = new OwnerLogin(database.pool(), database.connector());
    }

    Outcome migrate(PluginId plugin, List<Migration> brought) throws SQLException, InterruptedException {
        if (brought.isEmpty()) {
            return new Outcome.Migrated(0, 0);
        }
        List<Migration> migrations = brought.stream()
                .sorted(Comparator.comparingLong(Migration::version))
                .toList();
        PluginNames names = new PluginNames(plugin, database.id());
        Optional<MigrationProblem> unfit = unfit(plugin, migrations);
        if (unfit.isPresent()) {
            return new Outcome.Refused(unfit.get());
        }
        try (Connection connection = database.pool().getConnection()) {
            MigrationHistory history = MigrationHistory.read(connection, plugin);
            Optional<MigrationProblem> refusal = refusal(names, history, migrations);
            if (refusal.isPresent()) {
                return new Outcome.Refused(refusal.get());
            }
            if (history.pending(migrations).isEmpty()) {
                roles.verify(connection, names);
                return new Outcome.Migrated(0, 0);
            }
            roles.ensure(connection, names);
        }
        return run(names, migrations);
    }

    private Outcome run(PluginNames names, List<Migration> migrations) throws SQLException, InterruptedException {
        try (Connection owner = login.open(names)) {
            MigrationRun.Result result =
                    new MigrationRun(names, database.connector().limits()).run(owner, migrations);
            return result.problem().isPresent()
                    ? new Outcome.Refused(result.problem().get())
                    : new Outcome.Migrated(result.applied(), 0);
        } finally {
            login.end(names);
        }
    }

    private static Optional<MigrationProblem> unfit(PluginId plugin, List<Migration> migrations) {
        Set<Long> seen = new HashSet<>();
        for (Migration migration : migrations) {
            MigrationSentence sentence = MigrationSentence.of(plugin, migration);
            if (!seen.add(migration.version())) {
                return Optional.of(sentence.problem(
                        "has the number of another migration", "Give each migration a number of its own."));
            }
            if (migration.phase() == Migration.Phase.CONTRACT) {
                return Optional.of(sentence.problem(
                        "is a contract migration, which this release of Mortise does not run yet",
                        "Leave it out until a release that does; expand migrations work."));
            }
        }
        return Optional.empty();
    }

    private static Optional<MigrationProblem> refusal(
            PluginNames names, MigrationHistory history, List<Migration> migrations) {
        Optional<MigrationProblem> conflict = history.conflict(migrations);
        if (conflict.isPresent()) {
            return conflict;
        }
        return history.pending(migrations).stream()
                .map(migration -> ScriptLint.check(names, migration))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
