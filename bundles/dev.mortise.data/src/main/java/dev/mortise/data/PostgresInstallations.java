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
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
    private final Known<Place, Decided, Map<TenantId, Map<PluginId, Decided>>> known =
            new Known<>("installations", this::read, PostgresInstallations::byTenant, this::hear);

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

    private void hear(Place place, Optional<Decided> before, Optional<Decided> now) {
        now.ifPresent(decided -> listener.decidedElsewhere(place.tenant(), place.plugin(), before, decided));
    }

    @Override
    public boolean decide(TenantId tenant, PluginId plugin, Optional<Decided> before, Decided wanted) {
        Decided next = asKept(wanted);
        UnaryOperator<Optional<Decided>> change =
                row -> Optional.of(withheld(next, row.map(Decided::withheld).orElse(Set.of())));
        return write(new Place(tenant, plugin), change, connection -> {
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

    private boolean write(Place place, UnaryOperator<Optional<Decided>> change, PooledDatabase.Work<Integer> work) {
        String doing = "plugin '" + place.plugin() + "' of tenant '" + place.tenant() + "' is being changed";
        return known.write(place, change, () -> database.call(doing, work) > 0);
    }

    /** Answers it as it is read again. */
    private static Decided asKept(Decided decided) {
        return new Decided(
                decided.enabled(),
                decided.state(),
                decided.reason().replace('\0', '\uFFFD'),
                decided.since().truncatedTo(ChronoUnit.MICROS),
                decided.withheld());
    }

    private static Decided withheld(Decided row, Set<String> withheld) {
        return new Decided(row.enabled(), row.state(), row.reason(), row.since(), withheld);
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
    private static Stream<Object> columns(Decided some) {
        Decided decided = asKept(some);
        return Stream.of(
                decided.enabled(),
                decided.state().text(),
                decided.reason(),
                decided.since().atOffset(ZoneOffset.UTC));
    }

    @Override
    public void withhold(TenantId tenant, PluginId plugin, String permission, boolean withheld, Decided otherwise) {
        Decided first = withheld(asKept(otherwise), Set.of());
        UnaryOperator<Optional<Decided>> change = row -> Optional.of(withheld(row.orElse(first), permission, withheld));
        Object[] values = Stream.of(
                        Stream.of(plugin.value()),
                        columns(first),
                        Stream.<Object>of(withheld, permission, tenant.value(), permission))
                .flatMap(some -> some)
                .toArray();
        if (!write(new Place(tenant, plugin), change, connection -> Sql.update(connection, WITHHOLD, values))) {
            throw new MortiseException(ErrorCode.NOT_FOUND, "There is no tenant '" + tenant + "'.");
        }
    }

    private static Decided withheld(Decided row, String permission, boolean withheld) {
        Set<String> all = new HashSet<>(row.withheld());
        if (withheld) {
            all.add(permission);
        } else {
            all.remove(permission);
        }
        return withheld(row, all);
    }

    private Map<Place, Decided> read() {
        return database
                .call("the installations are being read", connection -> Sql.list(connection, Row::read, ALL))
                .stream()
                .collect(Collectors.toMap(Row::place, Row::decided));
    }

    private static Map<TenantId, Map<PluginId, Decided>> byTenant(Map<Place, Decided> rows) {
        Map<TenantId, Map<PluginId, Decided>> all = new HashMap<>();
        rows.forEach((place, decided) ->
                all.computeIfAbsent(place.tenant(), tenant -> new HashMap<>()).put(place.plugin(), decided));
        all.replaceAll((tenant, plugins) -> Map.copyOf(plugins));
        return Map.copyOf(all);
    }

    private record Row(Place place, Decided decided) {
        static Row read(ResultSet row) throws SQLException {
            String[] withheld = (String[]) row.getArray(7).getArray();
            return new Row(
                    new Place(new TenantId(row.getString(1)), new PluginId(row.getString(2))),
                    new Decided(
                            row.getBoolean(3),
                            RuntimeState.of(row.getString(4)),
                            row.getString(5),
                            row.getObject(6, OffsetDateTime.class).toInstant(),
                            Set.copyOf(Arrays.asList(withheld))));
        }
    }
}
