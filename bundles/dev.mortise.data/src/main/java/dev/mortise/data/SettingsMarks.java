// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.SettingsStore;
import dev.mortise.kernel.port.SettingsStore.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks, when there are others, which settings other nodes kept, by marks that change with them; what this one kept it knows. */
final class SettingsMarks implements AutoCloseable {
    private static final String ALL = """
            SELECT tenant_id, plugin_id, config_mark, auth_mark, marked_by FROM mortise.plugin_instance
             WHERE config_mark > 0 OR auth_mark > 0
            """;

    private final PooledDatabase database;
    private final SettingsStore.Listener listener;
    private final Known<Place, Marks, Map<Place, Marks>> known =
            new Known<>("settings", this::read, rows -> rows, this::hear);

    private record Marks(long config, long auth, Optional<String> by) {
        static final Marks NONE = new Marks(0, 0, Optional.empty());
    }

    private record Marked(Place place, Marks marks) {
        static Marked read(ResultSet row) throws SQLException {
            return new Marked(
                    new Place(new TenantId(row.getString(1)), new PluginId(row.getString(2))),
                    new Marks(row.getLong(3), row.getLong(4), Optional.ofNullable(row.getString(5))));
        }
    }

    SettingsMarks(PooledDatabase database, SettingsStore.Listener listener) {
        this.database = database;
        this.listener = listener;
    }

    /** Looks now, and again when it sees, after some period, that somebody kept something. */
    void keep(Duration period) {
        known.keep(database, period);
    }

    private Map<Place, Marks> read() {
        List<Marked> all =
                database.call("settings are being looked at", connection -> Sql.list(connection, Marked::read, ALL));
        return all.stream().collect(Collectors.toUnmodifiableMap(Marked::place, Marked::marks));
    }

    private void hear(Place place, Optional<Marks> before, Optional<Marks> now) {
        now.filter(marks -> !marks.by.equals(Optional.of(database.run()))).ifPresent(marks -> {
            Marks old = before.orElse(Marks.NONE);
            boolean config = old.config != marks.config;
            boolean credentials = old.auth != marks.auth;
            if (config || credentials) {
                listener.keptElsewhere(place, config, credentials);
            }
        });
    }

    @Override
    public void close() {
        known.close();
    }
}
