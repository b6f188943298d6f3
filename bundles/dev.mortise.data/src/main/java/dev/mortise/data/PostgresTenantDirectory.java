// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Knows the tenants of the database in memory, looks again soon after anybody changed them, and changes them. */
@Component(configurationPid = DataConfig.PID)
public final class PostgresTenantDirectory implements TenantDirectory, TenantStore {
    private static final String ALL = """
            SELECT id, slug, name, CASE WHEN deleting THEN 'DELETING' ELSE upper(state) END
              FROM mortise.tenant
            """;
    private static final String ADD = """
            INSERT INTO mortise.tenant (id, slug, name)
            SELECT t.id, t.slug, t.name
              FROM (SELECT mortise.new_tenant_id(?) AS id, ? AS slug, ? AS name OFFSET 0) t
             WHERE NOT EXISTS (SELECT FROM mortise.tenant o WHERE t.id = o.slug OR t.slug = o.id)
            ON CONFLICT DO NOTHING
            RETURNING id, slug, name, upper(state)
            """;
    private static final String SUSPEND = "UPDATE mortise.tenant SET state = ? WHERE id = ? AND NOT deleting";
    private static final String DELETE = "UPDATE mortise.tenant SET state = 'suspended', deleting = true WHERE id = ?";

    private final PooledDatabase database;
    private final TenantTables tables;
    private final Known<TenantId, Tenant, Snapshot> known;
    private final TenantRemoval removal;
    private volatile Listener listener = Listener.NOBODY;

    /** Looks once, and again in the background. */
    @Activate
    public PostgresTenantDirectory(@Reference OpenDatabase database, DataConfig config) {
        this(database.opened(), Duration.ofSeconds(config.tenants_refresh_seconds()));
    }

    PostgresTenantDirectory(PooledDatabase database, Duration period) {
        this.database = database;
        this.tables = new TenantTables(database);
        this.known = new Known<>("tenants", this::read, rows -> Snapshot.of(rows.values()), this::hear);
        this.removal = new TenantRemoval(database, tables, this::deleting, known::refresh);
        known.keep(database, period);
        removal.begin(period);
    }

    /** Looks no more. */
    @Deactivate
    void stop() {
        known.close();
        removal.close();
    }

    private record Snapshot(List<Tenant> all, Map<String, Tenant> byName) {
        static Snapshot of(Collection<Tenant> rows) {
            List<Tenant> tenants =
                    rows.stream().sorted(Comparator.comparing(Tenant::slug)).toList();
            Map<String, Tenant> byName = new HashMap<>();
            tenants.forEach(tenant -> byName.put(tenant.slug(), tenant));
            // an id wins over another tenant's slug: it never changes
            tenants.forEach(tenant -> byName.put(tenant.id().value(), tenant));
            return new Snapshot(tenants, Map.copyOf(byName));
        }
    }

    private List<TenantId> deleting() {
        return all().stream()
                .filter(tenant -> tenant.state() == State.DELETING)
                .map(Tenant::id)
                .toList();
    }

    /** Those go that were served, or could be again, and that nobody is coming back of. */
    private void hear(TenantId id, Optional<Tenant> before, Optional<Tenant> now) {
        if (stays(before) && !stays(now)) {
            listener.leaves(id);
        }
    }

    private static boolean stays(Optional<Tenant> row) {
        return row.filter(tenant -> tenant.state() != State.DELETING).isPresent();
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    @Override
    public Optional<Tenant> find(String idOrSlug) {
        return Optional.ofNullable(known.now().byName.get(idOrSlug));
    }

    @Override
    public List<Tenant> all() {
        return known.now().all;
    }

    @Override
    public boolean add(TenantId id, String slug, String name) {
        Optional<Tenant> added = database.call(
                "a tenant is being made",
                connection -> Sql.first(connection, PostgresTenantDirectory::tenant, ADD, id.value(), slug, name));
        added.ifPresentOrElse(tenant -> known.written(tenant.id(), before -> Optional.of(tenant)), known::refresh);
        return added.isPresent();
    }

    @Override
    public boolean suspend(TenantId tenant, boolean suspended) {
        State state = suspended ? State.SUSPENDED : State.ACTIVE;
        String name = state.name().toLowerCase(Locale.ROOT);
        return changed(tenant, state, "becoming " + name, SUSPEND, name, tenant.value());
    }

    @Override
    public List<Holding> holdings(TenantId tenant) {
        return database.transaction(
                "the rows of tenant '" + tenant + "' are being counted",
                connection -> tables.holdings(connection, tenant));
    }

    @Override
    public boolean delete(TenantId tenant) {
        boolean found = changed(tenant, State.DELETING, "being deleted", DELETE, tenant.value());
        removal.soon();
        return found;
    }

    private boolean changed(TenantId id, State state, String doing, String sql, Object... values) {
        boolean changed = database.call(
                "tenant '" + id + "' is " + doing, connection -> Sql.update(connection, sql, values) == 1);
        if (changed) {
            known.written(
                    id, before -> before.map(tenant -> new Tenant(tenant.id(), tenant.slug(), tenant.name(), state)));
        } else {
            known.refresh();
        }
        return changed;
    }

    private Map<TenantId, Tenant> read() {
        return database
                .call(
                        "the tenants are being read",
                        connection -> Sql.list(connection, PostgresTenantDirectory::tenant, ALL))
                .stream()
                .collect(Collectors.toMap(Tenant::id, tenant -> tenant));
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        return new Tenant(
                new TenantId(row.getString(1)), row.getString(2), row.getString(3), State.valueOf(row.getString(4)));
    }
}
