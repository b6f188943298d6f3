// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.port.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreSchemaTest {
    private final CoreSchema schema = new CoreSchema(SchemaVersion.all(), "1.0.0");

    @Test
    void makesTheDefaultTenantAndAnId() throws Exception {
        try (TestDatabase database = TestDatabase.open()) {
            assertThat(database.text("SELECT concat_ws(' ', id, slug, state) FROM mortise.tenant"))
                    .isEqualTo("default default active");
            assertThat(database.opened().id()).matches("[0-9a-f]{8}");
        }
    }

    @Test
    void keepsTheIdWhenItIsOpenedAgain() throws Exception {
        try (TestDatabase database = TestDatabase.open();
                PooledDatabase again = TestDatabase.open(database.server())) {
            assertThat(again.id()).isEqualTo(database.opened().id());
        }
    }

    @Test
    void refusesANewerSchemaNamingBothVersions() throws Exception {
        try (TestDatabase database = TestDatabase.open();
                Connection connection = TestServer.connect(database.server())) {
            Sql.execute(connection, "INSERT INTO mortise._core_migrations VALUES (99, 'later', 'x', '2.3.0')");

            assertThatThrownBy(() -> schema.migrate(connection))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(
                            "The database has version 99 of schema 'mortise', made by Mortise 2.3.0. This is Mortise"
                                    + " 1.0.0, which knows versions up to "
                                    + newest()
                                    + ". Start Mortise 2.3.0 or newer.");
        }
    }

    @Test
    void refusesASchemaThatAnotherBuildMade() throws Exception {
        try (TestDatabase database = TestDatabase.open();
                Connection connection = TestServer.connect(database.server())) {
            Sql.execute(connection, "UPDATE mortise._core_migrations SET checksum = 'other' WHERE version = 1");

            assertThatThrownBy(() -> schema.migrate(connection))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is not the one");
        }
    }

    @Test
    void leavesNothingOfAVersionThatFails() throws Exception {
        DatabaseServer server = TestServer.embedded().fresh();
        SchemaVersion good = new SchemaVersion(1, "good", "CREATE TABLE mortise.good (id int)");
        SchemaVersion bad = new SchemaVersion(2, "bad", "CREATE TABLE mortise.bad (id int); SELECT 1/0");
        try (Connection connection = TestServer.connect(server)) {
            assertThatThrownBy(() -> new CoreSchema(List.of(good, bad), "1.0.0").migrate(connection))
                    .isInstanceOf(SQLException.class);

            assertThat(Sql.text(connection, "SELECT to_regnamespace('mortise') IS NULL"))
                    .isEqualTo("t");
        }
    }

    /** What an older release recorded is read as well as it can be, and it goes on writing as it did. */
    @Test
    void learnsFromTheJournalWhatRanBeforeThatWasRemembered() throws Exception {
        DatabaseServer server = TestServer.embedded().fresh();
        try (Connection connection = TestServer.connect(server)) {
            new CoreSchema(SchemaVersion.all().subList(0, 3), "1.0.0").migrate(connection);
            addArtifacts(connection, "1.0.0", "1.1.0", "1.2.0");
            Sql.execute(connection, """
                    INSERT INTO mortise.desired_plugin SELECT sha256, plugin_id, version, 'ACTIVE' FROM mortise.artifact
                     WHERE version = '1.1.0';
                    INSERT INTO mortise.deployment VALUES ('d1', 'n1', 2, 'DONE', 'API', '2026-01-02 03:04:05Z');
                    INSERT INTO mortise.deployment_group VALUES ('d1', 0, 'DONE');
                    INSERT INTO mortise.deployment_member VALUES ('d1', 0, 0, 'shop', '1.0.0', '1.1.0')
                    """);

            schema.migrate(connection);
            addArtifacts(connection, "1.3.0");

            assertThat(Sql.list(
                            connection,
                            row -> row.getString(1),
                            "SELECT version FROM mortise.artifact WHERE ran_at IS NOT NULL ORDER BY ran_at"))
                    .containsExactly("1.0.0", "1.1.0");
        }
    }

    /** Plugins that were there before are judged by what a newer release brings, and keep their rows. */
    @ParameterizedTest
    @ValueSource(strings = {"18", "15"})
    void givesOwnersThatAreThereWhatIsNew(String version) throws Exception {
        Optional<TestServer> server = version.equals("18") ? Optional.of(TestServer.embedded()) : TestServer.debian();
        Assumptions.assumeTrue(server.isPresent(), "needs: apt-get install postgresql-15");
        try (PluginFixture shop = new PluginFixture(server.get(), Limits.DEFAULT);
                Connection connection = TestServer.connect(shop.database.server())) {
            String shown = "SELECT string_agg(concat(polname, polroles, pg_get_expr(polqual, polrelid),"
                    + " pg_get_expr(polwithcheck, polrelid)), ' ' ORDER BY polname) FROM pg_policy";
            String given = "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef"
                    + " WHERE adrelid = 'p_shop.p_shop__orders'::regclass AND pg_get_expr(adbin, adrelid) LIKE '%tenant%'";
            String before = Sql.text(connection, shown);
            String defaulted = Sql.text(connection, given);
            Sql.execute(connection, beforeVersion16(shop.opened.id()));

            schema.migrate(connection);

            assertThat(Sql.text(connection, shown)).isEqualTo(before).contains("mortise.tenant");
            assertThat(Sql.text(connection, given)).isEqualTo(defaulted).contains("tenant_of_login()");
            shop.migrate("CREATE TABLE p_shop__more (id int)");
            assertThat(shop.text("acme", "SELECT what FROM p_shop__orders")).isEqualTo("for acme");
        }
    }

    private static String beforeVersion16(String id) {
        String own = "USING (tenant_id = nullif(current_setting('mortise.tenant', true), ''))";
        return "ALTER POLICY owner ON p_shop.p_shop__orders USING (true) WITH CHECK (true);"
                + "ALTER POLICY tenant ON p_shop.p_shop__orders TO m" + id + "_shop_app " + own
                + own.replace("USING", " WITH CHECK") + ";ALTER TABLE p_shop.p_shop__orders ALTER tenant_id SET DEFAULT"
                + " nullif(current_setting('mortise.tenant', true), '');"
                + "DROP FUNCTION mortise.ways_around(), mortise.undone_tables(), mortise.rows_of_owner(text),"
                + " mortise.triggers_of_keys(), mortise.divided_tables(), mortise.undivided_since(text[]),"
                + " mortise.rows_of_tenant(text), mortise.undone_tables(text), mortise.tenant_for_owner(),"
                + " mortise.tenant_of_login(), mortise.rights_of_logins(text, text, text),"
                + " mortise.set_rights_of_logins(text, text, text, text); DROP TABLE mortise.tenant_login;"
                + "DELETE FROM mortise._core_migrations WHERE version >= 16";
    }

    private static void addArtifacts(Connection connection, String... versions) throws SQLException {
        for (String version : versions) {
            Sql.update(
                    connection,
                    "INSERT INTO mortise.artifact (sha256, plugin_id, version, bytes) VALUES (?, 'shop', ?, 0)",
                    Deployed.digest(version).hex(),
                    version);
        }
    }

    @Test
    void isMadeOnceByContainersThatStartTogether() throws Exception {
        DatabaseServer server = TestServer.embedded().fresh();
        Callable<Integer> start = () -> {
            try (Connection connection = TestServer.connect(server)) {
                return schema.migrate(connection);
            }
        };
        ExecutorService containers = Executors.newFixedThreadPool(4);
        try {
            for (Future<Integer> one : containers.invokeAll(List.of(start, start, start, start))) {
                assertThat(one.get()).isEqualTo(newest());
            }
        } finally {
            containers.shutdownNow();
        }
    }

    private static int newest() {
        return SchemaVersion.all().stream()
                .mapToInt(SchemaVersion::version)
                .max()
                .orElseThrow();
    }
}
