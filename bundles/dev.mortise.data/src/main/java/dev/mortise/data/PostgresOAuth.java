// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.SettingsStore.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Keeps tokens in {@code mortise.oauth_grant}, and the requests for them in {@code mortise.oauth_request}. */
@Component(service = OAuthStore.class, configurationPid = DataConfig.PID)
public final class PostgresOAuth implements OAuthStore {
    private static final String HERE = " WHERE tenant_id = ? AND plugin_id = ?";
    private static final String READ = "SELECT " + OAuthRows.COLUMNS + " FROM mortise.oauth_grant" + HERE;
    private static final String PUT = """
            WITH marked AS (
                UPDATE mortise.plugin_instance SET auth_mark = nextval('mortise.plugin_instance_revision'), marked_by = ?
                 WHERE tenant_id = ? AND plugin_id = ? AND auth_state ->> 'methodId' = ?
                RETURNING tenant_id, plugin_id, auth_state ->> 'methodId' AS method_id)
            INSERT INTO mortise.oauth_grant AS g
                   (tenant_id, plugin_id, method_id, access, refresh, scopes, expires_at, refresh_at)
            SELECT tenant_id, plugin_id, method_id, ?, ?, ?,
                   clock_timestamp() + ? * interval '1 ms', clock_timestamp() + ? * interval '1 ms' FROM marked
            ON CONFLICT (tenant_id, plugin_id) DO UPDATE
               SET method_id = excluded.method_id, access = excluded.access, refresh = excluded.refresh,
                   scopes = excluded.scopes, expires_at = excluded.expires_at, refresh_at = excluded.refresh_at,
                   renewed_at = clock_timestamp(), trouble = NULL, trouble_at = NULL, retry_at = NULL,
                   claim = NULL, claimed_until = NULL
            """;
    private static final String CLAIM = """
            UPDATE mortise.oauth_grant
               SET claim = ?, claimed_until = clock_timestamp() + ? * interval '1 ms'
             WHERE tenant_id = ? AND plugin_id = ? AND refresh IS NOT NULL AND refresh_at <= clock_timestamp()
               AND (trouble IS NULL OR retry_at <= clock_timestamp())
               AND (claim IS NULL OR claimed_until <= clock_timestamp())
            RETURNING\s""" + OAuthRows.COLUMNS + ", claim";
    private static final String RENEWED =
            """
            UPDATE mortise.oauth_grant
               SET access = ?, refresh = coalesce(?, refresh), scopes = ?,
                   expires_at = clock_timestamp() + ? * interval '1 ms',
                   refresh_at = clock_timestamp() + ? * interval '1 ms',
                   renewed_at = clock_timestamp(), trouble = NULL, trouble_at = NULL, retry_at = NULL,
                   claim = NULL, claimed_until = NULL
            """ + HERE + " AND renewed_at = ?"; // tokens that are sealed anew, or fail, are the same tokens
    private static final String FAILED = """
            UPDATE mortise.oauth_grant
               SET trouble = ?, trouble_at = clock_timestamp(), retry_at = clock_timestamp() + ? * interval '1 ms',
                   claim = NULL, claimed_until = NULL
            """ + HERE + " AND claim = ?";
    /** Whoever puts tokens holds the row too, so that what was put after this has its method. */
    private static final String ALONE = "SELECT plugin_id FROM mortise.plugin_instance" + HERE + " FOR UPDATE";

    private static final String DELETE = "DELETE FROM mortise.oauth_grant g" + HERE + """
             AND NOT EXISTS (
                 SELECT FROM mortise.plugin_instance i
                  WHERE i.tenant_id = g.tenant_id AND i.plugin_id = g.plugin_id
                    AND i.auth_state ->> 'methodId' = g.method_id)
            RETURNING\s""" + OAuthRows.COLUMNS;
    private static final String PLACES = """
            SELECT tenant_id, plugin_id FROM mortise.oauth_grant
             WHERE (tenant_id, plugin_id) > (?, ?) ORDER BY tenant_id, plugin_id LIMIT ?
            """;
    private static final String REPLACE = "UPDATE mortise.oauth_grant SET access = ?, refresh = ?" + HERE
            + " AND access = ? AND refresh IS NOT DISTINCT FROM ?";

    private final PooledDatabase database;
    private final OAuthRequests requests;
    private final Remembered<Place, Optional<Timed>> remembered;
    private final BytesMeter meter;

    /** Made by DS. */
    @Activate
    public PostgresOAuth(@Reference OpenDatabase database, DataConfig config) {
        this(
                database.opened(),
                Duration.ofSeconds(config.settings_remembered_seconds()),
                (long) config.settings_remembered_mb() << 20);
    }

    PostgresOAuth(PooledDatabase database, Duration fresh, long mostBytes) {
        this.database = database;
        this.requests = new OAuthRequests(database);
        this.remembered = new Remembered<>(fresh, place -> read(place).map(Timed::now), mostBytes, timed -> timed.map(
                        known -> OAuthRows.weight(known.seen().grant()))
                .orElse(0L));
        this.meter = new BytesMeter(
                "mortise.tokens.remembered.bytes", "Bytes of tenants' tokens that are remembered.", remembered::bytes);
    }

    /** Shows nothing more. */
    @Deactivate
    void stop() {
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

    /** What was seen, and when; the database's clock is asked no more often than the database. */
    private record Timed(Seen seen, long at) {
        static Timed now(Seen seen) {
            return new Timed(seen, System.nanoTime());
        }

        Seen then() {
            return new Seen(seen.grant(), seen.now().plusNanos(System.nanoTime() - at));
        }
    }

    @Override
    public void begin(Request request, Duration life, int most) {
        requests.begin(request, life, most);
    }

    @Override
    public Optional<Request> take(String stateHash, Place place, String caller) {
        return requests.take(stateHash, place, caller);
    }

    @Override
    public Optional<Seen> find(Place place) {
        return remembered.find(place).map(Timed::then);
    }

    @Override
    public Optional<Seen> read(Place place) {
        return database.call(
                doing("read", place),
                connection -> Sql.first(connection, OAuthRows::seen, READ, tenant(place), plugin(place)));
    }

    @Override
    public void forget(PluginId plugin) {
        remembered.forget(place -> place.plugin().equals(plugin));
    }

    @Override
    public boolean put(Place place, String methodId, Tokens tokens) {
        return write(
                "kept",
                place,
                connection -> update(
                        connection, PUT, List.of(database.run(), tenant(place), plugin(place), methodId), tokens));
    }

    @Override
    public Optional<Claim> claim(Place place, Duration time) {
        return database.call(
                doing("claimed", place),
                connection -> Sql.first(
                        connection,
                        OAuthRows::claim,
                        CLAIM,
                        UUID.randomUUID().toString(),
                        time.toMillis(),
                        tenant(place),
                        plugin(place)));
    }

    @Override
    public boolean renewed(Place place, Claim claim, Tokens tokens) {
        return write(
                "renewed",
                place,
                connection -> update(
                        connection,
                        RENEWED,
                        List.of(),
                        tokens,
                        tenant(place),
                        plugin(place),
                        claim.grant().renewedAt().atOffset(ZoneOffset.UTC)));
    }

    @Override
    public boolean failed(Place place, Claim claim, String sentence, Optional<Duration> retry) {
        return write(
                "marked",
                place,
                connection -> Sql.update(
                        connection,
                        FAILED,
                        sentence.replace('\0', '\uFFFD'),
                        retry.map(Duration::toMillis).orElse(null),
                        tenant(place),
                        plugin(place),
                        claim.id()));
    }

    @Override
    public Optional<Grant> delete(Place place) {
        try {
            return database.transaction(doing("deleted", place), connection -> {
                Sql.list(connection, row -> row.getString(1), ALONE, tenant(place), plugin(place));
                return Sql.first(connection, OAuthRows::seen, DELETE, tenant(place), plugin(place))
                        .map(Seen::grant);
            });
        } finally {
            remembered.written(place);
        }
    }

    @Override
    public List<Place> places(Optional<Place> after, int limit) {
        return database.call(
                "tokens are being listed",
                connection -> Sql.list(
                        connection,
                        row -> new Place(new TenantId(row.getString(1)), new PluginId(row.getString(2))),
                        PLACES,
                        after.map(PostgresOAuth::tenant).orElse(""),
                        after.map(PostgresOAuth::plugin).orElse(""),
                        limit));
    }

    @Override
    public boolean replace(Place place, Grant found, Grant sealedAnew) {
        return write(
                "sealed anew",
                place,
                connection -> Sql.update(
                        connection,
                        REPLACE,
                        sealedAnew.access(),
                        sealedAnew.refresh().orElse(null),
                        tenant(place),
                        plugin(place),
                        found.access(),
                        found.refresh().orElse(null)));
    }

    private boolean write(String done, Place place, PooledDatabase.Work<Integer> work) {
        try {
            return database.call(doing(done, place), work) > 0;
        } finally {
            remembered.written(place);
        }
    }

    /** Writes the columns of tokens between others. */
    private static int update(
            Connection connection, String sql, List<String> before, Tokens tokens, @Nullable Object... after)
            throws SQLException {
        Optional<Life> life = tokens.life();
        @Nullable
        Object[] columns = {
            tokens.access(),
            tokens.refresh().orElse(null),
            connection.createArrayOf("text", tokens.scopes().toArray()),
            life.map(Life::good).map(Duration::toMillis).orElse(null),
            life.map(Life::fresh).map(Duration::toMillis).orElse(null)
        };
        return Sql.update(
                connection,
                sql,
                Stream.of(before.stream(), Arrays.stream(columns), Arrays.stream(after))
                        .flatMap(values -> values)
                        .toArray());
    }

    private static String doing(String done, Place place) {
        return "tokens of plugin '" + place.plugin() + "' for tenant '" + place.tenant() + "' are being " + done;
    }

    private static String tenant(Place place) {
        return place.tenant().value();
    }

    private static String plugin(Place place) {
        return place.plugin().value();
    }
}
