// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a migration that no transaction allows. That it begins is recorded before, that it ended after; whoever comes next
 * and finds the first alone mends what was cut off: an index that is done is recorded, another one is dropped and built
 * anew. The caller has the turn at the schema for its session.
 */
record ConcurrentMigration(PluginNames names, MigrationLimits limits) {
    private static final Logger LOG = LoggerFactory.getLogger(ConcurrentMigration.class);
    private static final String BEGUN = "SELECT version, checksum, index_name, drops FROM mortise.begun_migration()";
    private static final String BEGIN = "SELECT mortise.begin_migration(?, ?, ?, ?, ?)";
    private static final String FORGET = "SELECT mortise.forget_begun_migration()";
    private static final String VALID = """
            SELECT x.indisvalid AND x.indisready AND x.indislive
              FROM pg_catalog.pg_index x
              JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ?
            """;
    /** The table that refers to the tenants by the column that this index alone begins with. */
    private static final String NEEDED = """
            SELECT c.relname
              FROM pg_catalog.pg_index x
              JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
              JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
              JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f'
                   AND k.confrelid = 'mortise.tenant'::pg_catalog.regclass AND k.conkey[1] = x.indkey[0]
             WHERE n.nspname = ? AND i.relname = ?
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_index o
                                WHERE o.indrelid = c.oid AND o.indexrelid <> i.oid AND o.indkey[0] = x.indkey[0])
            """;

    private static final String TIMEOUTS = """
            SELECT pg_catalog.set_config('statement_timeout', ?, false), pg_catalog.set_config('lock_timeout', ?, false)
            """;

    private record Begun(long version, String checksum, String index, boolean drops) {
        static Begun read(ResultSet row) throws SQLException {
            return new Begun(row.getLong(1), row.getString(2), row.getString(3), row.getBoolean(4));
        }

        boolean is(Migration migration) {
            return version == migration.version() && checksum.equals(Checksum.of(migration.up()));
        }
    }

    /** Runs it, or only what is left of it. */
    void apply(Connection connection, Migration migration) throws SQLException, MigrationRefused {
        ConcurrentStatement.Reading reading = ConcurrentStatement.read(names, migration);
        ConcurrentStatement statement = reading.statement()
                .orElseThrow(() -> new MigrationRefused(reading.problem().orElseThrow()));
        Optional<Begun> begun = Sql.first(connection, Begun::read, BEGUN);
        if (!isDone(connection, migration, statement, begun)) {
            refuseNeeded(connection, migration, statement);
            prepare(connection, migration, statement, begun);
            run(connection, migration, statement);
        }
        TransactionalMigration.record(connection, migration);
    }

    /** Tells whether it was cut off after it had come to its end. */
    private boolean isDone(
            Connection connection, Migration migration, ConcurrentStatement statement, Optional<Begun> begun)
            throws SQLException {
        Optional<Boolean> valid = valid(connection, statement.index());
        return begun.filter(before -> before.is(migration)).isPresent()
                && (statement.drops() ? valid.isEmpty() : valid.equals(Optional.of(true)));
    }

    /** What is dropped comes back with no transaction, so that the gate behind it would be too late. */
    private void refuseNeeded(Connection connection, Migration migration, ConcurrentStatement statement)
            throws SQLException, MigrationRefused {
        Optional<String> table = statement.drops()
                ? Sql.first(connection, row -> row.getString(1), NEEDED, names.schema(), statement.index())
                : Optional.empty();
        if (table.isPresent()) {
            throw new MigrationRefused(MigrationSentence.of(names.plugin(), migration)
                    .problem(
                            "would drop index '" + statement.index() + "', which alone finds the rows of a tenant in '"
                                    + table.get() + "'",
                            "Make another index that begins with that column, in a migration before it."));
        }
    }

    /** Makes room for the index; one that another migration made is in nobody's way but this one's, and stays. */
    private void prepare(
            Connection connection, Migration migration, ConcurrentStatement statement, Optional<Begun> begun)
            throws SQLException, MigrationRefused {
        try {
            mend(connection, statement, begun);
        } catch (SQLException e) {
            throw MigrationFault.refusal(names, migration, e);
        }
        if (!statement.drops() && valid(connection, statement.index()).isPresent()) {
            throw new MigrationRefused(MigrationSentence.of(names.plugin(), migration)
                    .problem(
                            "would create index '" + statement.index() + "', which is there already",
                            "Give it another name, or drop the other one in a migration before it."));
        }
    }

    /** Drops what an attempt left behind: an index that is not valid serves nobody, and costs every write. */
    private void mend(Connection connection, ConcurrentStatement statement, Optional<Begun> begun) throws SQLException {
        Optional<Begun> built = begun.filter(before -> !before.drops);
        if (built.isPresent() && valid(connection, built.get().index).isPresent()) {
            drop(connection, built.get().index);
        }
        if (!statement.drops() && valid(connection, statement.index()).equals(Optional.of(false))) {
            drop(connection, statement.index());
        }
    }

    private void drop(Connection connection, String index) throws SQLException {
        LOG.warn("plugin={} index {} was left by a migration that was cut off: it is dropped", names.plugin(), index);
        timeouts(connection, limits.lock().toMillis());
        Sql.execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS " + index);
    }

    private void run(Connection connection, Migration migration, ConcurrentStatement statement)
            throws SQLException, MigrationRefused {
        Sql.text(
                connection,
                BEGIN,
                migration.version(),
                migration.description(),
                Checksum.of(migration.up()),
                statement.index(),
                statement.drops());
        try {
            // it blocks nobody while it waits, so that it may wait as long as it may run
            timeouts(connection, 0);
            Sql.execute(connection, statement.text());
            TransactionalMigration.check(connection);
        } catch (SQLException e) {
            MigrationRefused refusal = MigrationFault.refusal(names, migration, e);
            throw tidied(connection, statement) ? refusal : left(refusal, statement);
        }
    }

    /** Takes away what a refused one left; answers whether nothing of it is there any more. */
    private boolean tidied(Connection connection, ConcurrentStatement statement) {
        try {
            if (statement.drops() && valid(connection, statement.index()).equals(Optional.of(false))) {
                return false;
            }
            if (!statement.drops()) {
                timeouts(connection, limits.lock().toMillis());
                Sql.execute(connection, "DROP INDEX CONCURRENTLY IF EXISTS " + statement.index());
            }
            Sql.text(connection, FORGET);
            return true;
        } catch (SQLException e) {
            LOG.warn("plugin={} index {} could not be dropped now", names.plugin(), statement.index(), e);
            return false;
        }
    }

    private static MigrationRefused left(MigrationRefused refusal, ConcurrentStatement statement) {
        return new MigrationRefused(new MigrationProblem(
                refusal.problem()
                        .message()
                        .replace(
                                "Nothing was changed.",
                                "Index '" + statement.index() + "' is left and not valid; the next start of the plugin"
                                        + (statement.drops() ? " drops it." : " drops it and builds it anew.")),
                refusal.problem().remedy()));
    }

    private Optional<Boolean> valid(Connection connection, String index) throws SQLException {
        return Sql.first(connection, row -> row.getBoolean(1), VALID, names.schema(), index);
    }

    private void timeouts(Connection connection, long lockMillis) throws SQLException {
        Sql.text(connection, TIMEOUTS, limits.concurrent().toMillis() + "ms", lockMillis + "ms");
    }
}
