// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.Belongings.Rows;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A purge says what is kept of a plugin, and removes all of it or nothing. */
class PluginPurgeTest {
    private static final Migration ITEMS = Migration.expand(
            1,
            "items",
            "CREATE TABLE p_shop__items (id int); SELECT mortise.tenant_table('p_shop__items');"
                    + " INSERT INTO p_shop__items VALUES (1, 'default'), (2, 'default')");

    abstract static class Cases extends DatabaseCases {
        @Test
        void saysWhatIsKept() throws SQLException {
            fill();

            Belongings kept = plugins.belongings(SHOP);

            assertThat(kept.schema()).contains("p_shop");
            assertThat(kept.tables()).singleElement().satisfies(table -> {
                assertThat(table.name()).isEqualTo("p_shop__items");
                assertThat(table.rows()).isEqualTo(2);
                assertThat(table.bytes()).isPositive();
            });
            assertThat(kept.roles()).containsExactly(names().app(), names().owner());
            assertThat(kept.rows())
                    .containsExactly(
                            new Rows("applied migrations", 1),
                            new Rows("connections that were begun", 1),
                            new Rows("installations with settings and credentials", 1),
                            new Rows("namespaces of shared data with readers", 1),
                            new Rows("tokens of the plugin", 1),
                            new Rows("values of shared data", 1),
                            new Rows("what it said of itself", 1));
            assertThat(kept.words()).contains("schema p_shop (p_shop__items: 2 rows, ");
        }

        @Test
        void removesAllOfIt() throws SQLException {
            fill();
            largeObject();

            plugins.purge(SHOP, STILL);

            assertThat(plugins.belongings(SHOP).none()).isTrue();
            assertThat(database.text("SELECT count(*) FROM mortise.shared_data"))
                    .isEqualTo("1");
            assertThat(database.text("SELECT what || plugin_id FROM mortise.plugin_data_log"))
                    .isEqualTo("purgeshop");
            assertThat(migrate(ITEMS)).isEqualTo(new Outcome.Migrated(1, 0));
        }

        @Test
        void takesTheLoginsOfTenantsAwayWhenNobodyUsesThem() throws SQLException {
            fill();
            Database login = new PostgresPluginLogins(database.opened()).of(SHOP, Optional.of(new TenantId("default")));
            try (Connection used = TestServer.connect(login.url(), login.user(), login.password());
                    PooledDatabase impatient = TestDatabase.open(database.server(), TestLimits.withLock(300))) {
                Sql.execute(used, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
                assertThatThrownBy(() -> new PostgresPluginDatabase(impatient).purge(SHOP, STILL))
                        .hasMessageContaining("Plugin 'shop' has connections to its tables");
            }
            assertThat(plugins.belongings(SHOP).roles()).contains(login.user(), names().logins());
            assertThat(plugins.belongings(SHOP).rows()).contains(new Rows("logins of tenants", 1));

            plugins.purge(SHOP, STILL);

            assertThat(plugins.belongings(SHOP).none()).isTrue();
        }

        @Test
        void removesNothingWhenAPartOfItCannotGo() throws SQLException {
            fill();
            try (Connection busy = TestServer.connect(database.server());
                    PooledDatabase impatient = TestDatabase.open(database.server(), TestLimits.withLock(300))) {
                busy.setAutoCommit(false);
                Sql.execute(busy, "SELECT FROM mortise.token WHERE plugin_id = 'shop' FOR UPDATE");

                assertThatThrownBy(() -> new PostgresPluginDatabase(impatient).purge(SHOP, STILL))
                        .hasMessageStartingWith(
                                "What is kept of plugin 'shop' is held by a running transaction for longer"
                                        + " than migration.lock.timeout.seconds");
            }

            assertThat(plugins.belongings(SHOP).rows()).hasSize(7);
            assertThat(plugins.belongings(SHOP).tables()).hasSize(1);
            assertThat(versions()).containsExactly(1L);
        }

        @Test
        void refusesAPluginThatRunsOrIsDesired() throws SQLException {
            fill();

            assertThatThrownBy(() -> plugins.purge(SHOP, () -> Optional.of("Plugin 'shop' is here.")))
                    .hasMessage("Plugin 'shop' is here. Nothing was changed.");

            String sha = "a".repeat(64);
            database.execute("INSERT INTO mortise.artifact (sha256, plugin_id, version, bytes) VALUES ('" + sha
                    + "', 'shop', '1.0.0', 1); INSERT INTO mortise.desired_plugin (sha256, plugin_id, version, role)"
                    + " VALUES ('" + sha + "', 'shop', '1.0.0', 'PENDING')");
            assertThatThrownBy(() -> plugins.purge(SHOP, STILL))
                    .hasMessageContaining("Plugin 'shop' is to run again. Nothing was changed.");
            assertThat(plugins.belongings(SHOP).tables()).hasSize(1);
        }

        @Test
        void findsNothingOfAPluginThatNeverWas() {
            assertThat(plugins.belongings(SHOP).none()).isTrue();
        }

        private void fill() throws SQLException {
            assertThat(migrate(ITEMS)).isEqualTo(new Outcome.Migrated(1, 0));
            database.execute("""
                    INSERT INTO mortise.plugin_instance (tenant_id, plugin_id, enabled) VALUES ('default', 'shop', true);
                    INSERT INTO mortise.shared_data (tenant_id, namespace, key, owner_id, value, bytes, version, revision)
                    VALUES ('default', 'n', 'a', 'shop', '1', 1, 1, 1), ('default', 'n', 'b', 'other', '1', 1, 1, 2);
                    INSERT INTO mortise.shared_data_reader VALUES ('shop', 'n', '{}');
                    INSERT INTO mortise.token (id, hash, kind, plugin_id, created_at)
                    VALUES ('t', repeat('0', 64), 'plugin', 'shop', now());
                    INSERT INTO mortise.oauth_request VALUES ('s', 'default', 'shop', 'm', 'c', 'u', 'v', now());
                    INSERT INTO mortise.plugin_registry (plugin_id, version, checksum)
                    VALUES ('shop', '1.0.0', repeat('0', 64))
                    """);
        }

        /** What the plugin's own role made lies in no schema; clusters of before let it. */
        private void largeObject() throws SQLException {
            String function = " EXECUTE ON FUNCTION lo_create(oid) ";
            try (Connection superuser =
                            database.on().superuser(database.server().url());
                    Connection app = TestServer.connect(
                            database.server().url(),
                            names().app(),
                            database.opened().key().passwordOf(names().app()))) {
                Sql.execute(superuser, "GRANT" + function + "TO " + names().app());
                Sql.text(app, "SELECT lo_create(0)");
                Sql.execute(superuser, "REVOKE" + function + "FROM " + names().app());
            }
        }
    }

    @Nested
    class Embedded extends Cases {
        @Override
        Optional<TestServer> server() {
            return Optional.of(TestServer.embedded());
        }
    }

    @Nested
    class Debian extends Cases {
        @Override
        Optional<TestServer> server() {
            return TestServer.debian();
        }
    }
}
