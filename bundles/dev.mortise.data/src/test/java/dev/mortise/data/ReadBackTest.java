// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was written here is known here, also when the table can't be read after that. */
class ReadBackTest {
    private static final PluginId SHOP = new PluginId("shop");
    private static final Duration NEVER = Duration.ofHours(1);

    private TestDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void aDecisionIsKnown() throws SQLException {
        PostgresInstallations installations = new PostgresInstallations(database.opened(), NEVER);
        List<Decided> heard = new CopyOnWriteArrayList<>();
        installations.listen((tenant, plugin, before, now) -> heard.add(now));
        Decided first = new Decided(true, RuntimeState.READY, "a\0b", Instant.now(), Set.of());
        Decided next = new Decided(false, RuntimeState.STOPPED, "Disabled.", Instant.now(), Set.of());
        // no plugin is called so: it can't be read
        database.execute("INSERT INTO mortise.plugin_instance (tenant_id, plugin_id, enabled)"
                + " VALUES ('default', 'No Id', true)");

        assertThat(installations.decide(TenantId.DEFAULT, SHOP, Optional.empty(), first))
                .isTrue();
        installations.withhold(TenantId.DEFAULT, SHOP, "a", true, first);
        Decided known = installations.decided().get(TenantId.DEFAULT).get(SHOP);
        assertThat(known.withheld()).containsExactly("a");
        assertThat(installations.decide(TenantId.DEFAULT, SHOP, Optional.of(known), next))
                .isTrue();
        known = installations.decided().get(TenantId.DEFAULT).get(SHOP);
        assertThat(known.enabled()).isFalse();

        database.execute("DELETE FROM mortise.plugin_instance WHERE plugin_id = 'No Id'");
        installations.refresh();
        assertThat(installations.decided().get(TenantId.DEFAULT).get(SHOP)).isEqualTo(known);
        assertThat(heard).isEmpty();
        installations.stop();
    }

    @Test
    void aTenantIsKnown() throws SQLException {
        PostgresTenantDirectory tenants = new PostgresTenantDirectory(database.opened(), NEVER);
        List<TenantId> left = new CopyOnWriteArrayList<>();
        tenants.listen(left::add);
        TenantId acme = new TenantId("acme");
        // no tenant has such an id: it can't be read
        database.execute("INSERT INTO mortise.tenant (id, slug, name) VALUES (' ', 'blank', 'Blank')");

        assertThat(tenants.add(acme, "acme", "Acme")).isTrue();
        assertThat(tenants.find("acme")).contains(new Tenant(acme, "acme", "Acme", State.ACTIVE));
        assertThat(tenants.suspend(acme, true)).isTrue();
        assertThat(tenants.find("acme").map(Tenant::state)).contains(State.SUSPENDED);
        assertThat(tenants.suspend(acme, false)).isTrue();
        assertThat(tenants.find("acme").map(Tenant::state)).contains(State.ACTIVE);
        assertThat(left).isEmpty();
        assertThat(tenants.delete(acme)).isTrue();
        assertThat(tenants.find("acme").map(Tenant::state)).contains(State.DELETING);
        assertThat(left).containsExactly(acme);
        tenants.stop();
    }

    @Test
    void aLocationIsKnown() throws SQLException {
        PostgresPlacements placements = new PostgresPlacements(database.opened(), NEVER);
        database.execute("INSERT INTO mortise.plugin_location (plugin_id, location) VALUES ('No Id', 'worker')");

        placements.decide(SHOP, "worker");

        assertThat(placements.decided()).containsEntry(SHOP, "worker");
        placements.stop();
    }
}
