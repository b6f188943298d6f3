// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.SettingsStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Keeps settings in table {@code mortise.plugin_instance}, beside what was decided there. What was read is remembered for
 * some seconds, and longer while the database is down.
 */
@Component(service = SettingsStore.class, configurationPid = DataConfig.PID)
public final class PostgresSettings implements SettingsStore {
    private static final String READ = """
            SELECT config, auth_state, auth_validated_at, revision FROM mortise.plugin_instance
             WHERE tenant_id = ? AND plugin_id = ?
            """;
    private static final String FIRST = """
            INSERT INTO mortise.plugin_instance
                   (tenant_id, plugin_id, enabled, runtime_state, reason, config, auth_state, auth_validated_at,
                    config_mark, auth_mark, marked_by)
            SELECT id, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?,
                   nextval('mortise.plugin_instance_revision'),
                   CASE WHEN ?::jsonb IS NULL THEN 0 ELSE nextval('mortise.plugin_instance_revision') END, ?
              FROM mortise.tenant WHERE id = ? FOR KEY SHARE
            ON CONFLICT DO NOTHING
            """;
    private static final String NEXT = """
            UPDATE mortise.plugin_instance p
               SET config = n.config, auth_state = n.auth_state, auth_validated_at = n.validated,
                   config_mark = CASE WHEN p.config = n.config THEN p.config_mark
                                 ELSE nextval('mortise.plugin_instance_revision') END,
                   auth_mark = CASE WHEN p.auth_state IS NOT DISTINCT FROM n.auth_state THEN p.auth_mark
                               ELSE nextval('mortise.plugin_instance_revision') END,
                   marked_by = n.by
              FROM (SELECT ?::jsonb AS config, ?::jsonb AS auth_state, ?::timestamptz AS validated, ? AS by) n
             WHERE tenant_id = ? AND plugin_id = ? AND revision = ?
            """;
    private static final String VALIDATED = """
            UPDATE mortise.plugin_instance SET auth_validated_at = ?
             WHERE tenant_id = ? AND plugin_id = ? AND auth_state = ?::jsonb
            """;
    private static final String PLACES = """
            SELECT tenant_id, plugin_id FROM mortise.plugin_instance
             WHERE (tenant_id, plugin_id) > (?, ?) AND (config <> '{}' OR auth_state IS NOT NULL)
             ORDER BY tenant_id, plugin_id LIMIT ?
            """;
    private static final String REPLACE = """
            UPDATE mortise.plugin_instance
               SET config = jsonb_set(config, '{secrets}', ?::jsonb),
                   auth_state = jsonb_set(auth_state, '{credentials}', ?::jsonb)
             WHERE tenant_id = ? AND plugin_id = ? AND config -> 'secrets' = ?::jsonb
               AND coalesce(auth_state -> 'credentials', '{}') = ?::jsonb
            """;

    private final PooledDatabase database;
    private final SettingsText text;
    private final Remembered<Place, Settings> remembered;
    private final SettingsMarks marks;
    private final BytesMeter meter;
    private volatile Listener listener = Listener.NOBODY;

    /** Made by DS. */
    @Activate
    public PostgresSettings(@Reference OpenDatabase database, @Reference JsonFactory mappers, DataConfig config) {
        this(
                database.opened(),
                mappers.exact(),
                Duration.ofSeconds(config.tenants_refresh_seconds()),
                Duration.ofSeconds(config.settings_remembered_seconds()),
                (long) config.settings_remembered_mb() << 20);
    }

    /** Looks after each period what other nodes changed, and trusts for so long what it read. */
    PostgresSettings(PooledDatabase database, Json json, Duration period, Duration fresh, long mostBytes) {
        this.database = database;
        this.text = new SettingsText(json);
        this.remembered = new Remembered<>(fresh, place -> read(place).settings(), mostBytes, SettingsText::weight);
        this.marks = new SettingsMarks(database, this::keptElsewhere);
        this.meter = new BytesMeter(
                "mortise.settings.remembered.bytes",
                "Bytes of settings of tenants that are remembered.",
                remembered::bytes);
        marks.keep(period);
    }

    /** Looks no more. */
    @Deactivate
    void stop() {
        marks.close();
        meter.close();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters source) {
        meter.use(source);
    }

    void unbindMeters(Meters source) {
        meter.leave(source);
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    private void keptElsewhere(Place place, boolean config, boolean credentials) {
        remembered.written(place);
        listener.keptElsewhere(place, config, credentials);
    }

    @Override
    public Settings find(TenantId tenant, PluginId plugin) {
        return remembered.find(new Place(tenant, plugin));
    }

    @Override
    public void forget(PluginId plugin) {
        remembered.forget(place -> place.plugin().equals(plugin));
    }

    @Override
    public boolean put(Place place, Kept before, Settings settings, boolean enabled) {
        return write("kept", place, connection -> {
            boolean first = before.revision() == 0;
            int rows = first
                    ? first(connection, place, settings, enabled)
                    : next(connection, place, settings, before.revision());
            if (first && rows == 0) {
                Tenants.require(connection, place.tenant());
            }
            return rows;
        });
    }

    private int first(Connection connection, Place place, Settings settings, boolean enabled) throws SQLException {
        return Sql.update(
                connection,
                FIRST,
                place.plugin().value(),
                enabled,
                enabled ? "ready" : "stopped",
                enabled ? "" : "It was not enabled for this tenant.",
                text.config(settings),
                text.auth(settings),
                validated(settings),
                text.auth(settings),
                database.run(),
                place.tenant().value());
    }

    private int next(Connection connection, Place place, Settings settings, long revision) throws SQLException {
        return Sql.update(
                connection,
                NEXT,
                text.config(settings),
                text.auth(settings),
                validated(settings),
                database.run(),
                place.tenant().value(),
                place.plugin().value(),
                revision);
    }

    @Override
    public boolean validated(Place place, AuthState judged, Instant at) {
        return write(
                "marked as good",
                place,
                connection -> Sql.update(
                        connection,
                        VALIDATED,
                        at.atOffset(ZoneOffset.UTC),
                        place.tenant().value(),
                        place.plugin().value(),
                        text.auth(judged)));
    }

    private boolean write(String done, Place place, PooledDatabase.Work<Integer> work) {
        try {
            return database.call(
                            "settings of plugin '" + place.plugin() + "' for tenant '" + place.tenant() + "' are being "
                                    + done,
                            work)
                    > 0;
        } finally {
            // also after a fault: nobody knows then what the database holds
            remembered.written(place);
        }
    }

    private static @Nullable OffsetDateTime validated(Settings settings) {
        Optional<Instant> at = settings.auth().flatMap(AuthState::validatedAt);
        return at.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    @Override
    public List<Place> places(Optional<Place> after, int limit) {
        return database.call(
                "settings are being listed",
                connection -> Sql.list(
                        connection,
                        row -> new Place(new TenantId(row.getString(1)), new PluginId(row.getString(2))),
                        PLACES,
                        after.map(place -> place.tenant().value()).orElse(""),
                        after.map(place -> place.plugin().value()).orElse(""),
                        limit));
    }

    @Override
    public Kept read(Place place) {
        return database.call(
                        "settings of plugin '" + place.plugin() + "' are being read",
                        connection -> Sql.first(
                                connection,
                                row -> new Kept(text.read(row), row.getLong(4)),
                                READ,
                                place.tenant().value(),
                                place.plugin().value()))
                .orElse(Kept.NOTHING);
    }

    @Override
    public boolean replace(Place place, Settings found, Settings sealedAnew) {
        return write(
                "sealed anew",
                place,
                connection -> Sql.update(
                        connection,
                        REPLACE,
                        text.envelopes(sealedAnew.secrets()),
                        text.envelopes(credentials(sealedAnew)),
                        place.tenant().value(),
                        place.plugin().value(),
                        text.envelopes(found.secrets()),
                        text.envelopes(credentials(found))));
    }

    private static Map<String, String> credentials(Settings settings) {
        return settings.auth().map(AuthState::credentials).orElse(Map.of());
    }
}
