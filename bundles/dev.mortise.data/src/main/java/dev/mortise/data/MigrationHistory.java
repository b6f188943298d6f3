// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was applied for a plugin, and how the migrations that its code brings stand to that. */
record MigrationHistory(PluginId plugin, List<Applied> applied) {
    private static final String OF_PLUGIN = """
            SELECT version, description, phase, checksum, applied_at FROM mortise._plugin_migrations
             WHERE plugin_id = ? ORDER BY version
            """;
    private static final String OF_SESSION =
            "SELECT version, description, phase, checksum, applied_at FROM mortise.plugin_history()";

    MigrationHistory {
        applied = List.copyOf(applied);
    }

    /** Reads it as the core user. */
    static MigrationHistory read(Connection connection, PluginId plugin) throws SQLException {
        return new MigrationHistory(plugin, Sql.list(connection, MigrationHistory::row, OF_PLUGIN, plugin.value()));
    }

    /** Reads it as the owner of the plugin's schema. */
    static MigrationHistory readAsOwner(Connection connection, PluginId plugin) throws SQLException {
        return new MigrationHistory(plugin, Sql.list(connection, MigrationHistory::row, OF_SESSION));
    }

    /** Answers what has to run, in order; the migrations are sorted by version. */
    List<Migration> pending(List<Migration> migrations) {
        Map<Long, Applied> byVersion = byVersion();
        return migrations.stream()
                .filter(m -> !byVersion.containsKey(m.version()))
                .toList();
    }

    /** Answers why these migrations can't follow on what was applied, if so. */
    Optional<MigrationProblem> conflict(List<Migration> migrations) {
        Map<Long, Applied> byVersion = byVersion();
        long newest = applied.isEmpty() ? 0 : applied.get(applied.size() - 1).version();
        for (Migration migration : migrations) {
            Applied before = byVersion.get(migration.version());
            if (before != null && !before.checksum().equals(Checksum.of(migration.up()))) {
                return Optional.of(edited(migration, before, newest));
            }
            if (before == null && migration.version() < newest) {
                return Optional.of(late(migration, newest));
            }
        }
        return missing(migrations);
    }

    private Optional<MigrationProblem> missing(List<Migration> migrations) {
        long last = migrations.get(migrations.size() - 1).version();
        Map<Long, Migration> brought =
                migrations.stream().collect(Collectors.toMap(Migration::version, Function.identity()));
        // beyond the last one a newer release of the plugin was here before: expand migrations leave this one working
        return applied.stream()
                .filter(a -> a.version() < last && !brought.containsKey(a.version()))
                .findFirst()
                .map(a -> new MigrationProblem(
                        "Migration %d (%s) of plugin '%s' was applied, but this release of the plugin does not bring it. Nothing was changed."
                                .formatted(a.version(), a.description(), plugin),
                        "Put it back: what was applied once stays part of the plugin."));
    }

    private MigrationProblem edited(Migration migration, Applied before, long newest) {
        return MigrationSentence.of(plugin, migration)
                .problem(
                        "was applied with other text (sha256 %s…, now %s…)"
                                .formatted(shortened(before.checksum()), shortened(Checksum.of(migration.up()))),
                        "Put the applied text back and write the change as migration " + (newest + 1) + ".");
    }

    private MigrationProblem late(Migration migration, long newest) {
        return MigrationSentence.of(plugin, migration)
                .problem(
                        "comes before migration " + newest + ", which is already applied",
                        "Number it " + (newest + 1) + ".");
    }

    private Map<Long, Applied> byVersion() {
        return applied.stream().collect(Collectors.toMap(Applied::version, Function.identity()));
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, Math.min(8, checksum.length()));
    }

    private static Applied row(ResultSet row) throws SQLException {
        return new Applied(
                row.getLong(1),
                row.getString(2),
                Migration.Phase.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }
}
