// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PlacementStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps where plugins were moved to in table {@code mortise.plugin_location}. */
@Component(configurationPid = DataConfig.PID)
public final class PostgresPlacements implements PlacementStore {
    private static final String ALL = "SELECT plugin_id, location FROM mortise.plugin_location";
    private static final String PUT = """
            INSERT INTO mortise.plugin_location (plugin_id, location) VALUES (?, ?)
            ON CONFLICT (plugin_id) DO UPDATE SET location = excluded.location, decided_at = clock_timestamp()
            """;

    private final PooledDatabase database;
    private final Known<PluginId, String, Map<PluginId, String>> known =
            new Known<>("locations of plugins", this::read, rows -> rows);

    /** Looks once, and again in the background. */
    @Activate
    public PostgresPlacements(@Reference OpenDatabase database, DataConfig config) {
        this(database.opened(), Duration.ofSeconds(config.tenants_refresh_seconds()));
    }

    PostgresPlacements(PooledDatabase database, Duration period) {
        this.database = database;
        known.keep(database, period);
    }

    /** Looks no more. */
    @Deactivate
    void stop() {
        known.close();
    }

    @Override
    public Map<PluginId, String> decided() {
        return known.now();
    }

    @Override
    public void decide(PluginId plugin, String location) {
        database.call(
                "plugin '" + plugin + "' is being moved",
                connection -> Sql.update(connection, PUT, plugin.value(), location));
        known.written(plugin, before -> Optional.of(location));
    }

    private record Row(PluginId plugin, String location) {}

    private Map<PluginId, String> read() {
        return database
                .call(
                        "locations of plugins are being read",
                        connection -> Sql.list(
                                connection, row -> new Row(new PluginId(row.getString(1)), row.getString(2)), ALL))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Row::plugin, Row::location));
    }
}
