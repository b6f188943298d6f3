// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys between and over the rows of tenants. */
class TenantKeysTest {
    private static final Migration CUSTOMERS = Migration.expand(1, "customers", """
            CREATE TABLE p_shop__customers (id serial PRIMARY KEY, mail text);
            SELECT mortise.tenant_table('p_shop__customers');
            ALTER TABLE p_shop__customers ADD UNIQUE (tenant_id, id);
            CREATE TABLE p_shop__colours (id int PRIMARY KEY);
            """);

    abstract static class Cases extends DatabaseCases {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CREATE TABLE p_shop__orders (id int, customer int REFERENCES p_shop__customers (id));"
                            + "SELECT mortise.tenant_table('p_shop__orders')",
                    "CREATE TABLE p_shop__orders (id int);SELECT mortise.tenant_table('p_shop__orders');"
                            + "ALTER TABLE p_shop__orders ADD customer int REFERENCES p_shop__customers (id)",
                    // the names of the columns say nothing
                    "CREATE TABLE p_shop__orders (id int, other text);SELECT mortise.tenant_table('p_shop__orders');"
                            + "ALTER TABLE p_shop__orders ADD FOREIGN KEY (other, id)"
                            + " REFERENCES p_shop__customers (tenant_id, id)",
                    // a table that all tenants share
                    "CREATE TABLE p_shop__orders (customer int REFERENCES p_shop__customers (id))",
                    "DO $$ BEGIN CREATE TABLE p_shop__orders (id int REFERENCES p_shop__customers (id));"
                            + " EXCEPTION WHEN division_by_zero THEN NULL; END $$"
                })
        void areRefusedWhereTheyReachBeyondATenant(String script) {
            migrate(CUSTOMERS);

            assertThat(refusal(CUSTOMERS, Migration.expand(2, "orders", script)))
                    .isEqualTo("Migration 2 (orders) of plugin 'shop' would let 'p_shop__orders' refer to rows of all"
                            + " tenants in 'p_shop__customers': a foreign key is checked past the policies of tenants;"
                            + " write FOREIGN KEY (tenant_id, …) REFERENCES p_shop__customers (tenant_id, …), with a"
                            + " unique key for it. Nothing was changed.");
        }

        @Test
        void areRefusedWhenTheirTablesBecomeOnesOfTenants() {
            Migration tables = Migration.expand(
                    1,
                    "tables",
                    "CREATE TABLE p_shop__a (id int PRIMARY KEY); CREATE TABLE p_shop__b (a int REFERENCES p_shop__a)");
            assertThat(migrate(tables)).isEqualTo(new Outcome.Migrated(1, 0));

            assertThat(refusal(tables, Migration.expand(2, "divide", "SELECT mortise.tenant_table('p_shop__a')")))
                    .contains("would let 'p_shop__b' refer to rows of all tenants in 'p_shop__a'");
        }

        @Test
        void areTakenWhereTheyAreAboutRowsOfATenantOrOfNone() {
            Migration orders = Migration.expand(2, "orders", """
                    CREATE TABLE p_shop__orders (id int, customer int, colour int REFERENCES p_shop__colours (id));
                    SELECT mortise.tenant_table('p_shop__orders');
                    ALTER TABLE p_shop__orders ADD FOREIGN KEY (tenant_id, customer)
                        REFERENCES p_shop__customers (tenant_id, id);
                    """);

            assertThat(migrate(CUSTOMERS, orders)).isEqualTo(new Outcome.Migrated(2, 0));
        }

        @Test
        void stayWhereAnEarlierReleaseTookThem() throws SQLException {
            migrate(CUSTOMERS);
            database.execute("SET ROLE " + names().owner() + "; CREATE TABLE p_shop.p_shop__old (id int REFERENCES"
                    + " p_shop.p_shop__customers (id))");

            assertThat(migrate(CUSTOMERS, Migration.expand(2, "more", "CREATE TABLE p_shop__more (id int)")))
                    .isEqualTo(new Outcome.Migrated(1, 0));
        }

        @Test
        void areHintedAtWhereTheyTellOfOtherTenants() {
            migrate(CUSTOMERS);
            Migration mail =
                    Migration.expand(2, "mail", "CREATE UNIQUE INDEX idx_p_shop__mail ON p_shop__customers (mail)");
            Migration good = Migration.expand(3, "good", """
                    CREATE TABLE p_shop__a (id uuid PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY UNIQUE, code text);
                    SELECT mortise.tenant_table('p_shop__a');
                    ALTER TABLE p_shop__a ADD UNIQUE (tenant_id, code);
                    """);

            assertThat(plugins.rehearse(Plugins.identity("shop"), List.of(CUSTOMERS, mail, good), true)
                            .message())
                    .isEqualTo(
                            "All of it would run. It was rolled back: nothing was changed. Migration 2 (mail) of plugin"
                                    + " 'shop' makes unique key 'idx_p_shop__mail' of 'p_shop__customers' over the rows of all"
                                    + " tenants: who writes a value that another tenant has is told that there is one; put"
                                    + " tenant_id into the key.");
            assertThat(migrate(CUSTOMERS, mail, good)).isEqualTo(new Outcome.Migrated(2, 0));
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
