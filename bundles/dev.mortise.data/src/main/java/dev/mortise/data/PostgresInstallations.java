// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final String DECIDE = """
            INSERT INTO mortise.plugin_instance (tenant_id, plugin_id, enabled, runtime_state, reason, since, withheld)
            SELECT id, ?, ?, ?, ?, ?, ? FROM mortise.tenant WHERE id = ? FOR KEY SHARE
            ON CONFLICT (tenant_id, plugin_id) DO UPDATE
               SET enabled = excluded.enabled, runtime_state = excluded.runtime_state, reason = excluded.reason,
                   since = excluded.since, withheld = excluded.withheld
            """;

    private final PooledDatabase database;
    private final Known<Map<TenantId, Map<PluginId, Decided>>> known =
            new Known<>("installations", Map.of(), this::read);

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
    public void decide(TenantId tenant, PluginId plugin, Decided decided) {
        int rows = database.call(
                "plugin '" + plugin + "' of tenant '" + tenant + "' is being changed",
                connection -> write(connection, tenant, plugin, decided));
        known.refresh();
        if (rows == 0) {
            throw new MortiseException(ErrorCode.NOT_FOUND, "There is no tenant '" + tenant + "'.");
        }
    }

    private static int write(Connection connection, TenantId tenant, PluginId plugin, Decided decided)
            throws SQLException {
        return Sql.update(
                connection,
                DECIDE,
                plugin.value(),
                decided.enabled(),
                decided.state().text(),
                decided.reason().replace('\0', '\uFFFD'),
                decided.since().atOffset(ZoneOffset.UTC),
                connection.createArrayOf(
                        "text", decided.withheld().stream().sorted().toArray()),
                tenant.value());
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
