// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
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

/** What was applied for a plugin, oldest first. */
record MigrationHistory(List<Applied> applied) {
    private static final String OF_PLUGIN = """
            SELECT version, description, phase, checksum, applied_at, kind, down_checksum FROM mortise._plugin_migrations
             WHERE plugin_id = ? ORDER BY version
            """;
    private static final String OF_SESSION =
            "SELECT version, description, phase, checksum, applied_at, '', NULL FROM mortise.plugin_history()";

    MigrationHistory {
        applied = List.copyOf(applied);
    }

    /** Reads it as the core user. */
    static MigrationHistory read(Connection connection, PluginId plugin) throws SQLException {
        return new MigrationHistory(Sql.list(connection, MigrationHistory::row, OF_PLUGIN, plugin.value()));
    }

    /** Reads it as the owner of the plugin's schema, who is not told how to take it back. */
    static MigrationHistory readAsOwner(Connection connection) throws SQLException {
        return new MigrationHistory(Sql.list(connection, MigrationHistory::row, OF_SESSION));
    }

    /** Answers the highest version, 0 for none. */
    long newest() {
        return applied.isEmpty() ? 0 : applied.get(applied.size() - 1).version();
    }

    Map<Long, Applied> byVersion() {
        return applied.stream().collect(Collectors.toMap(Applied::version, Function.identity()));
    }

    private static Applied row(ResultSet row) throws SQLException {
        return new Applied(
                row.getLong(1),
                row.getString(2),
                Migration.Phase.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(6).equals("concurrent") ? Migration.Kind.CONCURRENT : Migration.Kind.TRANSACTIONAL,
                row.getString(4),
                Optional.ofNullable(row.getString(7)),
                row.getObject(5, OffsetDateTime.class).toInstant());
    }
}
