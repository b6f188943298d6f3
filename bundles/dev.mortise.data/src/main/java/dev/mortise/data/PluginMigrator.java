// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Brings one plugin's schema up to its migrations. */
final class PluginMigrator {
    // whoever takes away what a plugin has waits until nobody has just looked, or makes this one wait
    private static final String NOBODY_CHANGES_IT = """
            SELECT pg_try_advisory_xact_lock_shared(hashtextextended('mortise migrations of ' || ?, 0))
            """;

    private final PooledDatabase database;
    private final PluginRoles roles;
    private final OwnerLogin login;

    PluginMigrator(PooledDatabase database, OwnerLogin login) {
        this.database = database;
        this.roles = new PluginRoles(database.key());
        this.login = login;
    }

    Outcome migrate(ReleaseMigrations release) throws SQLException, InterruptedException {
        if (release.migrations().isEmpty()) {
            return new Outcome.Migrated(0, 0);
        }
        PluginNames names = new PluginNames(release.plugin().id(), database.id());
        int left;
        try (Connection connection = database.pool().getConnection()) {
            MigrationHistory history = MigrationHistory.read(connection, names.plugin());
            Optional<MigrationProblem> refusal = refusal(names, history, release);
            if (refusal.isPresent()) {
                return new Outcome.Refused(refusal.get());
            }
            int due = release.due(history).size();
            left = release.pending(history).size() - due;
            WaysBack.keep(connection, release, history);
            if (due == 0
                    && Sql.text(connection, NOBODY_CHANGES_IT, names.schema()).equals("t")
                    && MigrationHistory.read(connection, names.plugin()).equals(history)) {
                roles.verify(connection, names);
                return new Outcome.Migrated(0, left);
            }
            roles.ensure(connection, names);
        }
        return run(names, release, left);
    }

    private Outcome run(PluginNames names, ReleaseMigrations release, int left)
            throws SQLException, InterruptedException {
        try (Connection owner = login.open(names)) {
            MigrationRun.Result result =
                    new MigrationRun(names, database.connector().limits()).run(owner, release);
            settleLogins(names);
            return result.problem().isPresent()
                    ? new Outcome.Refused(result.problem().get())
                    : new Outcome.Migrated(result.applied(), left);
        } finally {
            login.end(names);
        }
    }

    /** What the plugin may do with new tables, its processes for one tenant may too, at once. */
    private void settleLogins(PluginNames names) throws SQLException {
        try (Connection core = database.pool().getConnection()) {
            core.setAutoCommit(false);
            TenantLogins.settle(core, names);
            core.commit();
        }
    }

    /** Also what is left for later is read now: it is better known before anything ran. */
    private static Optional<MigrationProblem> refusal(
            PluginNames names, MigrationHistory history, ReleaseMigrations release) {
        return release.conflict(history).or(() -> release.pending(history).stream()
                .map(migration -> ScriptLint.check(names, migration))
                .flatMap(Optional::stream)
                .findFirst());
    }
}
