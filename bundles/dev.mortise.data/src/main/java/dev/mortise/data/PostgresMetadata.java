// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.MetadataState;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginMetadata;
import dev.mortise.kernel.port.MetadataStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps metadata of plugins in table {@code mortise.plugin_registry}. */
@Component(configurationPid = DataConfig.PID)
public final class PostgresMetadata implements MetadataStore {
    private static final String ALL = """
            SELECT plugin_id, version, checksum, metadata_state, metadata_fetched_at, metadata_error
              FROM mortise.plugin_registry
            """;
    private static final String COPY =
            "SELECT metadata::text FROM mortise.plugin_registry WHERE plugin_id = ? AND metadata IS NOT NULL";
    private static final String PUT = """
            INSERT INTO mortise.plugin_registry AS r
                   (plugin_id, version, checksum, metadata_state, metadata_error, metadata, metadata_fetched_at)
            SELECT ?, ?, ?, ?, ?, n.copy, CASE WHEN n.copy IS NOT NULL THEN clock_timestamp() END
              FROM (SELECT ?::jsonb AS copy) n
            ON CONFLICT (plugin_id) DO UPDATE
               SET version = excluded.version, checksum = excluded.checksum,
                   metadata_state = excluded.metadata_state, metadata_error = excluded.metadata_error,
                   metadata = coalesce(excluded.metadata, r.metadata),
                   metadata_fetched_at = coalesce(excluded.metadata_fetched_at, r.metadata_fetched_at)
            """;

    private final PooledDatabase database;
    private final Known<PluginId, PluginMetadata, Map<PluginId, PluginMetadata>> known =
            new Known<>("metadata", this::read, rows -> rows);

    /** Looks once, and again in the background. */
    @Activate
    public PostgresMetadata(@Reference OpenDatabase database, DataConfig config) {
        this(database.opened(), Duration.ofSeconds(config.tenants_refresh_seconds()));
    }

    PostgresMetadata(PooledDatabase database, Duration period) {
        this.database = database;
        known.keep(database, period);
    }

    /** Looks no more. */
    @Deactivate
    void stop() {
        known.close();
    }

    @Override
    public Map<PluginId, PluginMetadata> all() {
        return known.now();
    }

    @Override
    public Optional<String> copy(PluginId plugin) {
        return database.call(
                "metadata of plugin '" + plugin + "' is being read",
                connection -> Sql.first(connection, row -> row.getString(1), COPY, plugin.value()));
    }

    @Override
    public void put(List<Change> changes) {
        database.transaction("metadata is being kept", connection -> write(connection, changes));
        known.refresh();
    }

    private static int write(Connection connection, List<Change> changes) throws SQLException {
        try (Batch batch = new Batch(connection, PUT)) {
            for (Change change : changes) {
                batch.add(
                        change.plugin().value(),
                        change.now().version(),
                        change.now().checksum().hex(),
                        change.now().state().text(),
                        change.now().error().orElse(null),
                        change.copy().orElse(null));
            }
            batch.send();
        }
        return changes.size();
    }

    private Map<PluginId, PluginMetadata> read() {
        Map<PluginId, PluginMetadata> all = new HashMap<>();
        database.call("metadata is being read", connection -> Sql.list(connection, Row::read, ALL))
                .forEach(row -> all.put(row.plugin, row.metadata));
        return all;
    }

    private record Row(PluginId plugin, PluginMetadata metadata) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    new PluginId(row.getString(1)),
                    new PluginMetadata(
                            row.getString(2),
                            new Digest(row.getString(3)),
                            MetadataState.of(row.getString(4)),
                            Optional.ofNullable(row.getObject(5, OffsetDateTime.class))
                                    .map(OffsetDateTime::toInstant),
                            Optional.ofNullable(row.getString(6))));
        }
    }
}
