// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore;
import dev.mortise.kernel.port.SettingsStore.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keeps what was decided about plugins for single tenants in table {@code mortise.plugin_instance}. */
@Component(configurationPid = DataConfig.PID)
public final class PostgresInstallations implements InstallationStore {
    private static final String ALL = """
            SELECT tenant_id, plugin_id, enabled, runtime_state, reason, since, withheld FROM mortise.plugin_instance
            """;
    private static final String FIRST = """
            INSERT INTO mortise.plugin_instance (tenant_id, plugin_id, enabled, runtime_state, reason, since)
            SELECT id, ?, ?, ?, ?, ? FROM mortise.tenant WHERE id = ? FOR KEY SHARE
            ON CONFLICT DO NOTHING
            """;
    private static final String NEXT = """
            UPDATE mortise.plugin_instance SET enabled = ?, runtime_state = ?, reason = ?, since = ?
             WHERE tenant_id = ? AND plugin_id = ?
               AND (enabled, runtime_state, reason, since) = (?, ?, ?, ?)
            """;
    private static final String WITHHOLD = """
            INSERT INTO mortise.plugin_instance AS p
                   (tenant_id, plugin_id, enabled, runtime_state, reason, since, withheld)
            SELECT id, ?, ?, ?, ?, ?, CASE WHEN ? THEN ARRAY[?::text] ELSE '{}' END
              FROM mortise.tenant WHERE id = ? FOR KEY SHARE
            ON CONFLICT (tenant_id, plugin_id) DO UPDATE
               SET withheld = array_remove(p.withheld, ?::text) || excluded.withheld
            """;

    private final PooledDatabase database;
    private final Known<Map<TenantId, Map<PluginId, Decided>>> known =
            new Known<>("installations", Map.of(), this::read, this::tell);
    /** What is decided here right now: whoever orders it knows. */
    private final Set<Place> deciding = ConcurrentHashMap.newKeySet();

    private volatile Listener listener = Listener.NOBODY;

    /** Looks once, and again in the background. */
    @Activate
    public PostgresInstallations(@Reference OpenDatabase database, DataConfig config) {
        this(database.opened(), Duration.ofSeconds(config.tenants_refresh_seconds()));
    }

    PostgresInstallations(PooledDatabase database, Duration period) {
        this.database = database;
        known.keep(database, period);
    }

    /** Looks no more. */
    @Deactivate
    void stop() {
        known.close();
    }

    @Override
    public Map<TenantId, Map<PluginId, Decided>> decided() {
        return known.now();
    }

    @Override
    public void refresh() {
        known.look();
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    private Runnable tell(Map<TenantId, Map<PluginId, Decided>> before, Map<TenantId, Map<PluginId, Decided>> now) {
        List<Runnable> news = new ArrayList<>();
        now.forEach((tenant, plugins) -> plugins.forEach((plugin, decided) -> {
            Optional<Decided> known =
                    Optional.ofNullable(before.getOrDefault(tenant, Map.of()).get(plugin));
            if (!known.equals(Optional.of(decided)) && !deciding.contains(new Place(tenant, plugin))) {
                news.add(() -> listener.decidedElsewhere(tenant, plugin, known, decided));
            }
        }));
        return () -> news.forEach(Runnable::run);
    }

    @Override
    public boolean decide(TenantId tenant, PluginId plugin, Optional<Decided> before, Decided next) {
        return write(tenant, plugin, connection -> {
            if (before.isPresent()) {
                return Sql.update(connection, NEXT, next(tenant, plugin, before.get(), next));
            }
            int first = Sql.update(connection, FIRST, first(tenant, plugin, next));
            if (first == 0) {
                Tenants.require(connection, tenant);
            }
            return first;
        });
    }

    private boolean write(TenantId tenant, PluginId plugin, PooledDatabase.Work<Integer> work) {
        Place place = new Place(tenant, plugin);
        deciding.add(place);
        try {
            boolean written =
                    database.call("plugin '" + plugin + "' of tenant '" + tenant + "' is being changed", work) > 0;
            known.refresh();
            return written;
        } finally {
            deciding.remove(place);
        }
    }

    private static Object[] first(TenantId tenant, PluginId plugin, Decided next) {
        return Stream.of(Stream.of(plugin.value()), columns(next), Stream.of(tenant.value()))
                .flatMap(values -> values)
                .toArray();
    }

    private static Object[] next(TenantId tenant, PluginId plugin, Decided before, Decided next) {
        return Stream.of(columns(next), Stream.of(tenant.value(), plugin.value()), columns(before))
                .flatMap(values -> values)
                .toArray();
    }

    /** Answers enabled, runtime_state, reason and since. */
    private static Stream<Object> columns(Decided decided) {
        return Stream.of(
                decided.enabled(),
                decided.state().text(),
                decided.reason().replace('\0', '\uFFFD'),
                decided.since().atOffset(ZoneOffset.UTC));
    }

    @Override
    public void withhold(TenantId tenant, PluginId plugin, String permission, boolean withheld, Decided otherwise) {
        Object[] values = Stream.of(
                        Stream.of(plugin.value()),
                        columns(otherwise),
                        Stream.<Object>of(withheld, permission, tenant.value(), permission))
                .flatMap(some -> some)
                .toArray();
        if (!write(tenant, plugin, connection -> Sql.update(connection, WITHHOLD, values))) {
            throw new MortiseException(ErrorCode.NOT_FOUND, "There is no tenant '" + tenant + "'.");
        }
    }

    private Map<TenantId, Map<PluginId, Decided>> read() {
        Map<TenantId, Map<PluginId, Decided>> all = new HashMap<>();
        List<Row> rows =
                database.call("the installations are being read", connection -> Sql.list(connection, Row::read, ALL));
        rows.forEach(row ->
                all.computeIfAbsent(row.tenant, tenant -> new HashMap<>()).put(row.plugin, row.decided));
        all.replaceAll((tenant, plugins) -> Map.copyOf(plugins));
        return Map.copyOf(all);
    }

    private record Row(TenantId tenant, PluginId plugin, Decided decided) {
        static Row read(ResultSet row) throws SQLException {
            String[] withheld = (String[]) row.getArray(7).getArray();
            return new Row(
                    new TenantId(row.getString(1)),
                    new PluginId(row.getString(2)),
                    new Decided(
                            row.getBoolean(3),
                            RuntimeState.of(row.getString(4)),
                            row.getString(5),
                            row.getObject(6, OffsetDateTime.class).toInstant(),
                            Set.copyOf(Arrays.asList(withheld))));
        }
    }
}
