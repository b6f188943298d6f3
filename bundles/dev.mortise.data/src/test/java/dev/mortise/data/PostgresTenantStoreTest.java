// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantStore.Holding;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTenantStoreTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Duration LONG = Duration.ofMinutes(1);

    private PluginFixture shop;
    private PostgresTenantDirectory tenants;

    @BeforeEach
    void open() throws SQLException {
        shop = new PluginFixture(TestServer.embedded(), Limits.DEFAULT);
        tenants = new PostgresTenantDirectory(shop.opened, LONG);
    }

    @AfterEach
    void close() throws SQLException {
        tenants.stop();
        shop.close();
    }

    @Test
    void knowsATenantThatItMadeAtOnce() {
        assertThat(tenants.add(new TenantId("new"), "new", "New one")).isTrue();

        assertThat(tenants.find("new")).contains(new Tenant(new TenantId("new"), "new", "New one", State.ACTIVE));
    }

    @Test
    void takesNoNameTwice() throws SQLException {
        shop.database.execute("INSERT INTO mortise.tenant (id, slug, name) VALUES ('t-9', 'nine', 'Nine')");

        assertThat(tenants.add(new TenantId("acme"), "other", "X")).isFalse();
        assertThat(tenants.add(new TenantId("other"), "acme", "X")).isFalse();
        assertThat(tenants.add(new TenantId("nine"), "other", "X"))
                .as("a slug as id")
                .isFalse();
        assertThat(tenants.add(new TenantId("other"), "t-9", "X"))
                .as("an id as slug")
                .isFalse();
    }

    @Test
    void suspendsAndActivates() {
        assertThat(tenants.suspend(ACME, true)).isTrue();
        assertThat(tenants.find("acme").map(Tenant::state)).contains(State.SUSPENDED);

        assertThat(tenants.suspend(ACME, false)).isTrue();
        assertThat(tenants.find("acme").map(Tenant::state)).contains(State.ACTIVE);
        assertThat(tenants.suspend(new TenantId("nobody"), true)).isFalse();
    }

    @Test
    void countsWhatIsKept() throws SQLException {
        shop.database.execute("INSERT INTO mortise.plugin_instance (tenant_id, plugin_id, enabled)"
                + " VALUES ('acme', 'shop', false)");

        assertThat(tenants.holdings(ACME))
                .containsExactly(
                        new Holding(Optional.empty(), "mortise.plugin_instance", 1),
                        new Holding(Optional.of("shop"), "p_shop.p_shop__orders", 1));
        assertThat(tenants.holdings(new TenantId("default"))).isEmpty();
    }

    @Test
    void deletesATenantWithAllItsRowsAndNobodyElses() throws Exception {
        shop.as(
                "acme",
                connection -> Sql.update(
                        connection,
                        "INSERT INTO p_shop__orders (what) SELECT 'n' FROM generate_series(1, ?)",
                        2 * TenantRemoval.BATCH));

        assertThat(tenants.delete(ACME)).isTrue();

        await().atMost(Duration.ofSeconds(30)).until(() -> tenants.find("acme").isEmpty());
        assertThat(shop.database.text("SELECT string_agg(tenant_id, ',') FROM p_shop.p_shop__orders"))
                .isEqualTo("beta");
        assertThat(tenants.delete(ACME)).isFalse();
    }

    @Test
    void goesOnWithADeletionThatSomebodyElseBegan() throws SQLException {
        shop.database.execute("UPDATE mortise.tenant SET state = 'suspended', deleting = true WHERE id = 'acme'");

        PostgresTenantDirectory other = new PostgresTenantDirectory(shop.opened, LONG);
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> other.find("acme").isEmpty());
        } finally {
            other.stop();
        }
    }

    @Test
    void isNotBroughtBackWhileItGoes() throws SQLException {
        tenants.stop();
        tenants.delete(ACME);

        assertThat(tenants.find("acme").map(Tenant::state)).contains(State.DELETING);
        assertThat(tenants.suspend(ACME, false)).isFalse();
    }

    @Test
    void givesNoTenantTheIdOfOneThatIsGone() throws SQLException {
        String longest = "a".repeat(63);
        for (String slug : new String[] {"acme", longest}) {
            tenants.add(new TenantId(slug), slug, "Old");
            shop.database.execute("DELETE FROM mortise.tenant WHERE slug = '" + slug + "'");

            assertThat(tenants.add(new TenantId(slug), slug, "New")).isTrue();

            Tenant made = tenants.find(slug).orElseThrow();
            assertThat(made.slug()).isEqualTo(slug);
            assertThat(made.id().value())
                    .isNotEqualTo(slug)
                    .startsWith(slug.substring(0, Math.min(61, slug.length())) + ".");
            assertThat(tenants.find(made.id().value())).contains(made);
        }
    }
}
