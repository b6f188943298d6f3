// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.TenantDirectory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the tenants of the database in memory, and looks again now and then; the last look is kept while it is down. */
@Component(configurationPid = DataConfig.PID)
public final class PostgresTenantDirectory implements TenantDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresTenantDirectory.class);
    private static final String ALL = "SELECT id, slug, name, state = 'suspended' FROM mortise.tenant ORDER BY slug";

    private final PooledDatabase database;
    private final ScheduledFuture<?> looking;
    private volatile Snapshot snapshot = new Snapshot(List.of(), Map.of());
    private volatile boolean lost;

    /** Looks once, and again in the background. */
    @Activate
    public PostgresTenantDirectory(@Reference OpenDatabase database, DataConfig config) {
        this(database.opened(), Duration.ofSeconds(config.tenants_refresh_seconds()));
    }

    PostgresTenantDirectory(PooledDatabase database, Duration period) {
        this.database = database;
        refresh();
        looking = database.every(period, this::refresh);
    }

    /** Looks no more. */
    @Deactivate
    void stop() {
        looking.cancel(false);
    }

    private record Snapshot(List<Tenant> all, Map<String, Tenant> byName) {
        static Snapshot of(List<Tenant> tenants) {
            Map<String, Tenant> byName = new HashMap<>();
            tenants.forEach(tenant -> byName.put(tenant.slug(), tenant));
            // an id wins over another tenant's slug: it never changes
            tenants.forEach(tenant -> byName.put(tenant.id().value(), tenant));
            return new Snapshot(List.copyOf(tenants), Map.copyOf(byName));
        }
    }

    @Override
    public Optional<Tenant> find(String idOrSlug) {
        return Optional.ofNullable(snapshot.byName.get(idOrSlug));
    }

    @Override
    public List<Tenant> all() {
        return snapshot.all;
    }

    private void refresh() {
        try {
            snapshot = Snapshot.of(database.call(
                    "the tenants are being read",
                    connection -> Sql.list(
                            connection,
                            row -> new Tenant(
                                    new TenantId(row.getString(1)),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getBoolean(4)),
                            ALL)));
            lost = false;
        } catch (RuntimeException e) {
            if (!lost) {
                LOG.warn("The tenants can't be read; the last known ones hold until they can", e);
            }
            lost = true;
        }
    }
}
