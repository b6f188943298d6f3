// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.PluginServices.Offer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginDataSourceTest {
    private static final String ORDERS = "SELECT string_agg(what, ',' ORDER BY what) FROM p_shop__orders";

    private PluginFixture shop;

    @BeforeAll
    void migrateAPlugin() throws SQLException {
        shop = new PluginFixture(TestServer.embedded(), TestLimits.withPool(1));
    }

    @BeforeEach
    void takeTheFirstRows() throws SQLException {
        shop.reset();
    }

    @AfterAll
    void close() throws SQLException {
        shop.close();
    }

    @Test
    void showsTheRowsOfTheCallsTenant() throws Exception {
        assertThat(shop.text("acme", ORDERS)).isEqualTo("for acme");
        assertThat(shop.text("beta", ORDERS)).isEqualTo("for beta");
        assertThat(shop.text("default", "SELECT count(*) FROM p_shop__orders")).isEqualTo("0");
    }

    @Test
    void showsNoRowsOfTenantsInACallWithoutTenant() throws Exception {
        shop.text("acme", ORDERS);

        assertThat(shop.text("", "SELECT count(*) FROM p_shop__orders")).isEqualTo("0");
        assertThat(shop.text("", "SELECT code FROM p_shop__rates")).isEqualTo("EUR");
    }

    @Test
    void showsNothingThroughWhatACallOfAnotherTenantLeftOpen() throws Exception {
        Connection kept = Plugins.callFor("acme", shop.source()::getConnection);
        try (kept;
                PreparedStatement statement = Plugins.callFor("acme", () -> kept.prepareStatement(ORDERS))) {
            assertThatThrownBy(() -> Plugins.callFor("beta", () -> Sql.text(kept, ORDERS)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(
                            "was taken in a call of another tenant. Take one from the DataSource in each");
            assertThatThrownBy(() -> Plugins.callFor("beta", statement::executeQuery))
                    .hasMessageContaining("another tenant");
            assertThat(Plugins.<String>callFor("acme", () -> Sql.text(kept, ORDERS)))
                    .isEqualTo("for acme");
            // threads of its own work for the call that it was taken in
            assertThat(Sql.text(kept, ORDERS)).isEqualTo("for acme");
        }
    }

    @Test
    void givesNewRowsToTheCallsTenant() throws Exception {
        shop.as("acme", connection -> Sql.update(connection, "INSERT INTO p_shop__orders (what) VALUES ('new')"));

        assertThat(shop.text("acme", ORDERS)).isEqualTo("for acme,new");
        assertThat(shop.text("beta", ORDERS)).isEqualTo("for beta");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO p_shop__orders (what, tenant_id) VALUES ('x', 'beta')",
                "UPDATE p_shop__orders SET tenant_id = 'beta'"
            })
    void refusesRowsOfAnotherTenant(String sql) {
        assertThatThrownBy(() -> shop.as("acme", connection -> Sql.update(connection, sql)))
                .hasMessageContaining("row-level security");
    }

    @Test
    void touchesNothingOfAnotherTenant() throws Exception {
        assertThat(shop.<Integer>as("acme", connection -> Sql.update(connection, "DELETE FROM p_shop__orders")))
                .isEqualTo(1);

        assertThat(shop.text("beta", ORDERS)).isEqualTo("for beta");
    }

    @Test
    void refusesARowWithoutTenant() {
        assertThatThrownBy(() -> shop.as(
                        "", connection -> Sql.update(connection, "INSERT INTO p_shop__orders (what) VALUES ('x')")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void failsOutsideOfAnyCallNamingThePlugin() {
        assertThatThrownBy(() -> shop.source().getConnection()).isInstanceOfSatisfying(MortiseException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.NO_CONTEXT);
            assertThat(e).hasMessageStartingWith("DataSource of plugin 'shop' was used on thread 'main'");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE p_shop__more (id int)",
                "CREATE TEMP TABLE p_shop__more (id int)",
                "ALTER TABLE p_shop__orders DISABLE ROW LEVEL SECURITY",
                "DROP TABLE p_shop__rates",
                "TRUNCATE p_shop__orders",
                "SELECT * FROM mortise.tenant",
                "SELECT mortise.run_script('SELECT 1')",
                "SET ROLE mortise",
                "SELECT lo_create(0)",
                "SELECT lo_from_bytea(0, 'x')",
                "GRANT SELECT ON p_shop__rates TO PUBLIC"
            })
    void mayOnlyWorkWithRows(String sql) {
        assertThatThrownBy(() -> shop.as("acme", connection -> {
                    Sql.execute(connection, sql);
                    return Sql.text(
                            connection,
                            "SELECT 1 / (SELECT count(*) FROM pg_class WHERE relacl::text LIKE '%=r/%'"
                                    + " AND relname = 'p_shop__rates')");
                }))
                .isInstanceOf(SQLException.class);
    }

    /** A role may always change its own password. */
    @Test
    void takesBackAPasswordThatThePluginGaveItself() throws Exception {
        String role = shop.text("acme", "SELECT current_user");
        shop.as("acme", connection -> {
            Sql.execute(connection, "ALTER ROLE CURRENT_USER PASSWORD 'known'");
            return "";
        });
        try (Connection superuser =
                shop.database.on().superuser(shop.database.server().url())) {
            Sql.text(superuser, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = ?", role);
        }

        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> shop.text("acme", "SELECT 1")
                .equals("1"));

        assertThatThrownBy(() -> TestServer.connect(shop.database.server().url(), role, "known")
                        .close())
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void seesNothingOfAnotherPlugin() throws Exception {
        new PostgresPluginDatabase(shop.opened)
                .migrate(
                        Plugins.identity("other"),
                        List.of(Plugins.first("CREATE TABLE p_other__secrets AS SELECT 7 AS id")),
                        Reach.ALL);

        assertThatThrownBy(() -> shop.text("acme", "SELECT id FROM p_other.p_other__secrets"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void opensNothingBeforeItIsUsed() throws Exception {
        List<Offer<?>> offers = shop.sources.forPlugin(Plugins.scope("idle"));

        assertThat(offers).hasSize(1);
        assertThat(shop.database.text("SELECT count(*) FROM pg_namespace WHERE nspname = 'p_idle'"))
                .isEqualTo("0");
        offers.get(0).close().run();
        assertThatThrownBy(() ->
                        Plugins.callFor("acme", ((DataSource) offers.get(0).service())::getConnection))
                .hasMessageContaining("idle 1.0.0 was retired");
    }

    @Test
    void worksWithoutAnyMigration() throws Exception {
        Offer<?> offer = shop.sources.forPlugin(Plugins.scope("bare")).get(0);

        Plugins.callFor("acme", () -> {
            try (Connection connection = ((DataSource) offer.service()).getConnection()) {
                return assertThat(Sql.text(connection, "SELECT current_schema()"))
                        .isEqualTo("p_bare");
            }
        });
        offer.close().run();
    }

    @Test
    void closesEvenWhatThePluginForgot() throws Exception {
        Offer<?> offer = shop.sources.forPlugin(Plugins.scope("shop")).get(0);
        int before = shop.sources.open();
        Connection forgotten = Plugins.callFor("acme", ((DataSource) offer.service())::getConnection);
        assertThat(shop.sources.open()).isGreaterThan(before);

        offer.close().run();

        assertThat(shop.sources.open()).isEqualTo(before);
        assertThatThrownBy(() -> Sql.text(forgotten, "SELECT 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void namesWhoHoldsTheConnectionsWhenNoneIsFree() throws Exception {
        try (PluginFixture hasty = new PluginFixture(TestServer.embedded(), TestLimits.withBudget(9))) {
            Plugins.callFor("acme", () -> {
                for (int i = 0; i < 4; i++) {
                    hasty.source().getConnection();
                }
                return assertThatThrownBy(() -> hasty.source().getConnection())
                        .hasMessageStartingWith(
                                "All 4 database connections of plugin 'shop' are in use, taken by thread 'main'");
            });
        }
    }

    @Test
    void endsAStatementThatTakesTooLong() {
        assertThatThrownBy(() -> shop.text("acme", "SELECT pg_sleep(20)::text"))
                .hasMessageContaining("statement timeout");
    }

    @Test
    void keepsTenantsApartUnderLoad() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(6);
        CountDownLatch begin = new CountDownLatch(1);
        try {
            List<Future<Boolean>> results = IntStream.range(0, 6)
                    .mapToObj(caller -> callers.submit(() -> {
                        begin.await();
                        for (int i = 0; i < 50; i++) {
                            String tenant = (caller + i) % 2 == 0 ? "acme" : "beta";
                            assertThat(shop.text(tenant, ORDERS)).isEqualTo("for " + tenant);
                        }
                        return true;
                    }))
                    .toList();
            begin.countDown();
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            callers.shutdownNow();
        }
    }
}
