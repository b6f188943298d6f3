// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** The logins that processes of one tenant are given. */
class TenantLoginsTest {

    abstract static class Cases extends LoginCases {
        @Test
        void isItsOwnTenantWithoutSayingSo() throws SQLException {
            Connection acme = acme();

            assertThat(Sql.text(acme, ORDERS)).isEqualTo("for acme");
            assertThat(Sql.text(acme, "INSERT INTO p_shop__orders (what) VALUES ('new') RETURNING tenant_id"))
                    .isEqualTo("acme");
            Sql.execute(acme, "DISCARD ALL; SET search_path = p_shop");
            Sql.execute(
                    acme,
                    "UPDATE p_shop__orders SET what = 'newer' WHERE what = 'new'; INSERT INTO p_shop__rates VALUES ('USD')");
            assertThat(Sql.text(acme, ORDERS)).isEqualTo("for acme newer");
        }

        @Test
        void isNoMoreThanTheRolesOfAllLogins() throws SQLException {
            of("beta");

            assertThat(Sql.text(acme(), """
                    SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles
                     WHERE rolname ~ '^m[0-9a-f]{8}_' AND pg_has_role(rolname, 'MEMBER')
                    """))
                    .isEqualTo(String.join(" ", group("shop_rows"), of("acme").user()));
        }

        @Test
        void readsNothingOfWhatOthersSay() throws Exception {
            Connection beta = session(of("beta"));
            Sql.text(beta, "SELECT 'a secret of beta'");
            shop.text("beta", "SELECT 'a secret of beta'");

            assertThat(Sql.text(
                            acme(),
                            "SELECT string_agg(query, ' ') FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
                    .contains("insufficient privilege")
                    .doesNotContain("secret");
        }

        @Test
        void copiesRowsOfItsTenantAlone() throws Exception {
            Connection acme = acme();
            Sql.execute(acme, "SET mortise.tenant = 'beta'");
            var out = new StringWriter();

            acme.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY p_shop.p_shop__orders (what) TO STDOUT", out);

            assertThat(out.toString().strip()).isEqualTo("for acme");
        }

        @Test
        void firesKeysAndTriggersForItsTenantAlone() throws SQLException {
            shop.migrate("""
                    CREATE TABLE p_shop__bills (id int);
                    SELECT mortise.tenant_table('p_shop__bills');
                    ALTER TABLE p_shop__bills ADD PRIMARY KEY (tenant_id, id);
                    CREATE TABLE p_shop__lines (id int, bill int);
                    SELECT mortise.tenant_table('p_shop__lines');
                    ALTER TABLE p_shop__lines ADD FOREIGN KEY (tenant_id, bill)
                        REFERENCES p_shop__bills (tenant_id, id) ON DELETE CASCADE;
                    INSERT INTO p_shop__bills (id, tenant_id) VALUES (7, 'acme'), (7, 'beta');
                    INSERT INTO p_shop__lines (id, bill, tenant_id) VALUES (1, 7, 'acme'), (1, 7, 'beta');
                    CREATE FUNCTION p_shop__gone() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN UPDATE p_shop__orders SET what = 'changed'; RETURN NULL; END $$;
                    CREATE TRIGGER gone AFTER DELETE ON p_shop__lines FOR EACH ROW EXECUTE FUNCTION p_shop__gone();
                    """);
            Connection acme = acme();

            Sql.execute(acme, "SET mortise.tenant = 'beta'; DELETE FROM p_shop__bills");

            assertThat(all()).isEqualTo("changed acme, for beta beta");
            assertThat(shop.database.text("SELECT string_agg(tenant_id, ' ') FROM p_shop.p_shop__lines"))
                    .isEqualTo("beta");
        }

        @Test
        void mayNotTouchTablesThatNameTenantsWithoutBeingDivided() throws SQLException {
            shop.migrate("""
                    CREATE TABLE p_shop__tokens (id int, tenant_id text REFERENCES mortise.tenant (id) ON DELETE CASCADE);
                    CREATE INDEX ON p_shop__tokens (tenant_id);
                    CREATE TABLE p_shop__audit (what text);
                    DO $$ BEGIN EXECUTE format('REVOKE UPDATE, DELETE ON p_shop__audit FROM %I', replace(session_user, '_owner', '_app')); END $$
                    """);
            Connection acme = acme();

            assertThatThrownBy(() -> Sql.text(acme, "SELECT count(*) FROM p_shop__tokens"))
                    .hasMessageContaining("permission denied");
            Sql.execute(acme, "INSERT INTO p_shop__audit VALUES ('x')");
            assertThatThrownBy(() -> Sql.execute(acme, "DELETE FROM p_shop__audit"))
                    .hasMessageContaining("permission denied");
        }

        @Test
        void worksWithTablesThatCameLater() throws SQLException {
            Connection acme = acme();
            shop.migrate(
                    "CREATE TABLE p_shop__more (id serial, what text); SELECT mortise.tenant_table('p_shop__more');"
                            + "INSERT INTO p_shop__more (what, tenant_id) VALUES ('of beta', 'beta')");

            Sql.execute(acme, "INSERT INTO p_shop__more (what) VALUES ('of acme')");

            assertThat(Sql.text(acme, "SELECT string_agg(what, ' ') FROM p_shop__more"))
                    .isEqualTo("of acme");
        }

        @Test
        void isTheSameAtEachStartWhateverItChangedOfItself() throws SQLException {
            Database given = of("acme");
            Sql.execute(
                    session(given),
                    "ALTER ROLE CURRENT_USER PASSWORD 'mine'; ALTER ROLE CURRENT_USER SET statement_timeout = 1;"
                            + "ALTER ROLE CURRENT_USER SET search_path = pg_catalog");
            assertThatThrownBy(() -> session(given)).hasMessageContaining("password");

            assertThat(of("acme")).isEqualTo(given);
            assertThat(Sql.text(session(given), "SHOW statement_timeout")).isEqualTo("0");
            assertThat(given.user().length()).isLessThanOrEqualTo(63);
        }

        /** A process of a former release has it, and would get at all tenants. */
        @Test
        void leavesNothingOfThePasswordThatProcessesHadBefore() throws Exception {
            Database before = logins.of(SHOP, Optional.empty());
            assertThat(shop.text("acme", ORDERS)).isEqualTo("for acme");

            of("acme");

            assertThatThrownBy(() -> session(before)).hasMessageContaining("password");
            Database after = logins.of(SHOP, Optional.empty());
            assertThat(Sql.text(session(after), "SELECT session_user")).isEqualTo(before.user());
            of("beta");
            assertThat(logins.of(SHOP, Optional.empty())).isEqualTo(after);
            // the container hears of it when it needs the next connection
            shop.sources.forPlugin(Plugins.scope("shop"));
            assertThat(shop.text("beta", ORDERS)).isEqualTo("for beta");
        }

        @Test
        void hasSoManyConnectionsAtMost() throws SQLException {
            Database given = of("acme");
            for (int i = 0; i < Limits.DEFAULT.tenantConnections(); i++) {
                session(given);
            }

            assertThatThrownBy(() -> session(given)).hasMessageContaining("too many connections for role");
        }

        /** Other databases of the server are nothing that the core could clean. */
        @ParameterizedTest
        @CsvSource({"false, gone", "true, f"})
        void goesWithTheTenant(boolean elsewhere, String left) throws Exception {
            Database given = of("acme");
            DatabaseServer other = shop.database.on().fresh();
            open.add(() -> shop.database.on().drop(other));
            String url = elsewhere ? other.url() : given.url();
            try (Connection acme = TestServer.connect(url, given.user(), given.password())) {
                Sql.execute(acme, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
            }
            PostgresTenantDirectory tenants = new PostgresTenantDirectory(shop.opened, Duration.ofMillis(100));
            try {
                tenants.delete(new TenantId("acme"));
                await().atMost(Duration.ofSeconds(60)).until(() -> shop.database
                        .text("SELECT count(*) FROM mortise.tenant WHERE id = 'acme'")
                        .equals("0"));
            } finally {
                tenants.stop();
            }

            assertThat(shop.database.text("SELECT coalesce((SELECT rolcanlogin::text FROM pg_roles WHERE rolname = '"
                            + given.user() + "'), 'gone')"))
                    .startsWith(left);
            assertThat(shop.database.text("SELECT count(*) FROM mortise.tenant_login"))
                    .isEqualTo("0");
            assertThatThrownBy(() -> of("acme")).hasMessageContaining("there is none, or it is being deleted");
        }

        @Test
        void isFoundByItsIndex() throws SQLException {
            Connection acme = acme();
            shop.database.execute(
                    "INSERT INTO mortise.tenant (id, slug, name) SELECT 't' || n, 't' || n, 't' FROM generate_series(1, 200) n;"
                            + "SET ROLE " + group("shop_owner")
                            + "; INSERT INTO p_shop.p_shop__orders (what, tenant_id)"
                            + " SELECT 'x', 't' || (1 + n % 200) FROM generate_series(1, 20000) n; ANALYZE p_shop.p_shop__orders");

            List<String> plan = Sql.list(acme, row -> row.getString(1), "EXPLAIN SELECT what FROM p_shop__orders");

            assertThat(String.join("\n", plan))
                    .contains("InitPlan", "Index Cond: (tenant_id = ")
                    .doesNotContain("Seq Scan on p_shop__orders");
        }

        @Test
        void isRefusedWhereTablesDoNotKeepTenantsApart() throws SQLException {
            shop.database.execute(
                    "SET ROLE " + group("shop_owner") + "; ALTER POLICY owner ON p_shop.p_shop__orders USING (true)");

            assertThatThrownBy(() -> of("acme"))
                    .isInstanceOf(MortiseException.class)
                    .hasMessageContaining("Plugin 'shop' gets no login for one tenant")
                    .hasMessageContaining("policy 'owner' of 'p_shop__orders'");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GRANT {app} TO {acme}",
                    "GRANT pg_read_all_data TO {rows}",
                    "ALTER ROLE {acme} BYPASSRLS",
                    "ALTER ROLE {rows} LOGIN"
                })
        void isRefusedWhereARoleMayMoreThanItMust(String given) throws SQLException {
            String acme = of("acme").user();
            try (Connection superuser =
                    shop.database.on().superuser(shop.database.server().url())) {
                Sql.execute(
                        superuser,
                        given.replace("{acme}", acme)
                                .replace("{rows}", group("shop_rows"))
                                .replace("{app}", group("shop_app")));
            }

            assertThatThrownBy(() -> of("acme"))
                    .isInstanceOf(MortiseException.class)
                    .hasMessageContaining("what they must not have");
        }
    }

    @Nested
    class OnTheServerThatIsBrought extends Cases {
        @Override
        Optional<TestServer> server() {
            return Optional.of(TestServer.embedded());
        }
    }

    @Nested
    class OnPostgres15 extends Cases {
        @Override
        Optional<TestServer> server() {
            return TestServer.debian();
        }
    }
}
