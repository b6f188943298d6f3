// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.model.WayBack.Step;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The scripts that take migrations back. They are kept with what was applied: so they are there when the jar is not, and
 * belong to the text that ran, whatever a later jar brings.
 */
final class WaysBack {
    private static final String KEEP = """
            UPDATE mortise._plugin_migrations SET down = ?, down_checksum = ?
             WHERE plugin_id = ? AND version = ? AND checksum = ?
            """;
    private static final String NEWEST_FIRST = """
            SELECT version, description, checksum, applied_at, down, down_checksum, phase, kind FROM mortise._plugin_migrations
             WHERE plugin_id = ? ORDER BY version DESC
            """;

    private WaysBack() {}

    /**
     * What is kept of a migration.
     *
     * @param checksum of what was applied
     * @param sum of the script, as it was when it was kept
     * @param file in which a jar brings the script
     */
    record Kept(
            long version,
            String description,
            String checksum,
            Instant at,
            Optional<String> script,
            Optional<String> sum,
            String file) {
        Step step() {
            return new Step(version, description, checksum, at, SqlStatement.texts(script.orElseThrow()));
        }

        MigrationSentence sentence(PluginId plugin) {
            return MigrationSentence.back(plugin, version, description);
        }
    }

    /** Keeps the ways back that a release brings for what is applied already; one that it leaves out stays. */
    static void keep(Connection connection, ReleaseMigrations release, MigrationHistory history) throws SQLException {
        for (Migration migration : release.migrations()) {
            Optional<String> brought = migration.down().map(Checksum::of);
            Optional<Applied> applied = Optional.ofNullable(history.byVersion().get(migration.version()));
            if (brought.isPresent()
                    && applied.filter(before -> !before.down().equals(brought)).isPresent()) {
                Sql.update(
                        connection,
                        KEEP,
                        migration.down().orElseThrow(),
                        brought.get(),
                        release.plugin().id().value(),
                        migration.version(),
                        Checksum.of(migration.up()));
            }
        }
    }

    /** Answers what has to be taken back so that {@code keep} is the newest; without it the newest alone. */
    static List<Kept> above(Connection connection, PluginId plugin, OptionalLong keep) throws SQLException {
        List<Kept> all = Sql.list(connection, WaysBack::kept, NEWEST_FIRST, plugin.value());
        return keep.isPresent()
                ? all.stream().filter(one -> one.version() > keep.getAsLong()).toList()
                : all.stream().limit(1).toList();
    }

    /** Answers what stands against taking these back, before anything is run. */
    static Optional<MigrationProblem> problem(PluginNames names, List<Kept> kept) {
        return kept.stream().flatMap(one -> problem(names, one).stream()).findFirst();
    }

    private static Optional<MigrationProblem> problem(PluginNames names, Kept kept) {
        MigrationSentence sentence = kept.sentence(names.plugin());
        if (kept.script().isEmpty()) {
            return Optional.of(sentence.problem(
                    "is not known: no release that ran brought it",
                    "Add " + kept.file() + " to the plugin and start that version once."));
        }
        if (!kept.sum().equals(kept.script().map(Checksum::of))) {
            return Optional.of(sentence.problem(
                    "was changed in the database since it was recorded (sha256 %.8s…, now %.8s…)"
                            .formatted(
                                    kept.sum().orElse(""),
                                    Checksum.of(kept.script().get())),
                    "Start a version of the plugin that brings it: that records it anew."));
        }
        return ScriptLint.check(names, sentence, kept.script().get())
                .map(problem -> new MigrationProblem(
                        problem.message(),
                        problem.remedy()
                                + " Then start a version of the plugin that brings it: that records it anew."));
    }

    /** Answers what will stand against taking a migration back, if it can be told; it stands against nothing else. */
    static Optional<String> foreseen(PluginNames names, Migration migration) {
        return migration
                .down()
                .flatMap(script ->
                        ScriptLint.check(names, MigrationSentence.foreseen(names.plugin(), migration), script))
                .map(problem -> problem.message() + " " + problem.remedy());
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6)),
                "migrations/%d__%s%s.down.sql"
                        .formatted(row.getLong(1), row.getString(2), suffix(row.getString(7), row.getString(8))));
    }

    private static String suffix(String phase, String kind) {
        if (kind.equals("concurrent")) {
            return "__concurrent";
        }
        return phase.equals("contract") ? "__contract" : "";
    }
}
