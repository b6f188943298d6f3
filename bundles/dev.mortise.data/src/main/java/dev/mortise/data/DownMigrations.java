// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.data.WaysBack.Kept;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.model.WayBack;
import dev.mortise.kernel.port.PluginData.Stillness;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes migrations back as the owner of the schema, each in one transaction that its script can't leave. */
record DownMigrations(OwnerWork work, MigrationLimits limits) {
    private static final Logger LOG = LoggerFactory.getLogger(DownMigrations.class);
    private static final String STATEMENT_TIMEOUT = "SELECT pg_catalog.set_config('statement_timeout', ?, true)";
    private static final String TAKE_BACK = "SELECT mortise.take_back_migration(?, ?, ?)";
    private static final String QUERY_CANCELED = "57014";

    /** Runs the scripts in one transaction that is rolled back, and says what was lost in it. */
    WayBack look(PluginId plugin, OptionalLong keep, Stillness stillness) {
        PluginNames names = work.names(plugin);
        List<Kept> kept = known(names, keep);
        return work.as(names, "the way back of plugin '" + plugin + "' is being tried", owner -> {
            owner.setAutoCommit(false);
            try {
                new MigrationTurn(names, limits.script()).now(owner);
                new Quiet(names, stillness, limits.lock(), work.running()).require(owner);
                Sql.text(owner, STATEMENT_TIMEOUT, limits.rehearsal().toMillis() + "ms");
                return new WayBack(plugin.value(), kept.stream().map(Kept::step).toList(), lost(owner, names, kept));
            } finally {
                owner.rollback();
            }
        });
    }

    /** Takes them back; those that are done stay done when a later one is refused. */
    void take(PluginId plugin, WayBack way, Stillness stillness) {
        PluginNames names = work.names(plugin);
        List<Kept> kept = known(names, OptionalLong.of(lowest(way) - 1));
        if (!kept.stream().map(Kept::step).toList().equals(way.steps())) {
            throw OwnerWork.conflict(new MigrationProblem(
                    "The migrations of plugin '" + plugin + "' have changed since. Nothing was changed.",
                    "Look again."));
        }
        work.as(names, "migrations of plugin '" + plugin + "' are being taken back", owner -> {
            for (Kept one : kept) {
                MigrationProgress.tell(owner, "down " + one.version() + " " + one.description());
                try {
                    takeOne(owner, names, one, stillness);
                } catch (MigrationRefused e) {
                    throw one.equals(kept.get(0)) ? e : afterOthers(e.problem());
                }
                // a script may have left settings or locks on the session
                Sql.execute(owner, "DISCARD ALL");
            }
            return true;
        });
    }

    /** That nothing was changed is true of the migration alone when others came before it. */
    private static MigrationRefused afterOthers(MigrationProblem problem) {
        return new MigrationRefused(new MigrationProblem(
                problem.message() + " What came after it is taken back already.", problem.remedy()));
    }

    private void takeOne(Connection owner, PluginNames names, Kept one, Stillness stillness)
            throws SQLException, InterruptedException, MigrationRefused {
        owner.setAutoCommit(false);
        try {
            new MigrationTurn(names, limits.script()).forTransaction(owner);
            new Quiet(names, stillness, limits.lock(), work.running()).require(owner);
            String script = one.script().orElseThrow();
            TransactionalMigration.run(owner, script);
            Sql.text(owner, TAKE_BACK, one.version(), one.checksum(), script);
            owner.commit();
        } catch (SQLException e) {
            throw refused(names, one, e);
        } finally {
            owner.rollback();
            owner.setAutoCommit(true);
        }
        LOG.info("plugin={} migration {} ({}) taken back", names.plugin(), one.version(), one.description());
    }

    private static MigrationRefused refused(PluginNames names, Kept one, SQLException e) throws SQLException {
        return MigrationFault.refusal(one.sentence(names.plugin()), names, e, "migration.timeout.seconds");
    }

    private List<Kept> known(PluginNames names, OptionalLong keep) {
        PluginId plugin = names.plugin();
        List<Kept> kept = work.database()
                .call(
                        "the migrations of plugin '" + plugin + "' are being read",
                        connection -> WaysBack.above(connection, plugin, keep));
        if (kept.isEmpty()) {
            throw OwnerWork.conflict(new MigrationProblem(
                    "No migration of plugin '" + plugin + "'" + (keep.isPresent() ? " above " + keep.getAsLong() : "")
                            + " is applied.",
                    "'migration list " + plugin + "' shows those that are."));
        }
        Optional<MigrationProblem> problem = WaysBack.problem(names, kept);
        if (problem.isPresent()) {
            throw OwnerWork.conflict(problem.get());
        }
        return kept;
    }

    private List<String> lost(Connection owner, PluginNames names, List<Kept> kept)
            throws SQLException, MigrationRefused {
        try {
            SchemaShape shape = SchemaShape.read(owner, names.schema());
            TableFigures figures = TableFigures.read(owner, names.schema());
            for (Kept one : kept) {
                TransactionalMigration.run(owner, one.script().orElseThrow());
            }
            return Stream.concat(
                            shape.losses(SchemaShape.read(owner, names.schema()))
                                    .map(figures::withRows),
                            figures.removed(TableFigures.read(owner, names.schema())))
                    .toList();
        } catch (SQLException e) {
            if (QUERY_CANCELED.equals(e.getSQLState())) {
                return List.of("takes longer than migration.rehearsal.timeout.seconds, so that this is not known");
            }
            throw refused(names, kept.get(0), e);
        }
    }

    private static long lowest(WayBack way) {
        return way.steps().get(way.steps().size() - 1).version();
    }
}
