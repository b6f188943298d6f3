// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.StreamLimits;
import dev.mortise.testkit.port.MapTenantDirectory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A database with the tenants acme and beta, and shared data on it as one node has it. */
final class SharedFixture implements AutoCloseable {
    static final StreamLimits STREAMS = new StreamLimits(20, 5, Duration.ofSeconds(120), Duration.ofSeconds(15));

    final TestDatabase database;
    final MapTenantDirectory tenants = new MapTenantDirectory().add("acme").add("beta");
    private final Map<TenantId, Map<PluginId, Decided>> decided = new ConcurrentHashMap<>();
    final SharedDataParts parts;

    SharedFixture(TestServer server, SharedLimits limits) throws SQLException {
        database = TestDatabase.on(server);
        database.execute(
                "INSERT INTO mortise.tenant (id, slug, name) VALUES ('acme', 'acme', 'A'), ('beta', 'beta', 'B')");
        parts = new SharedDataParts(database.opened(), rule(), limits, STREAMS);
    }

    /** Answers a rule for tenant acme, which has every plugin. */
    static WatchRule anybody() {
        return new WatchRule(new MapTenantDirectory().add("acme"), Map::of);
    }

    private WatchRule rule() {
        return new WatchRule(tenants, () -> decided);
    }

    /** Decides about a plugin for a tenant. */
    void decide(String tenant, String plugin, boolean enabled, RuntimeState state) {
        decided.put(
                new TenantId(tenant),
                Map.of(new PluginId(plugin), new Decided(enabled, state, "", Instant.EPOCH, Set.of())));
    }

    SharedDataStore store() {
        return parts.store();
    }

    /** Answers shared data as another node has it. */
    Node node(SharedLimits limits) throws SQLException {
        PooledDatabase opened = TestDatabase.open(database.server());
        return new Node(opened, new SharedDataParts(opened, rule(), limits, STREAMS));
    }

    record Node(PooledDatabase opened, SharedDataParts parts) implements AutoCloseable {
        @Override
        public void close() {
            parts.stop();
            opened.close();
        }
    }

    @Override
    public void close() throws SQLException {
        parts.stop();
        database.close();
    }
}
