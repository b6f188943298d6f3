// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers that foreign keys fire, which act as the owner of the table. */
class KeyTriggersTest {
    /** A note is about a line of its tenant: what keeps others' notes apart is the policy alone. */
    private static final String TABLES = """
            CREATE TABLE p_shop__bills (id int);
            SELECT mortise.tenant_table('p_shop__bills');
            ALTER TABLE p_shop__bills ADD PRIMARY KEY (tenant_id, id);
            CREATE TABLE p_shop__lines (id int, bill int);
            SELECT mortise.tenant_table('p_shop__lines');
            CREATE TABLE p_shop__notes (line int, what text);
            SELECT mortise.tenant_table('p_shop__notes');
            CREATE FUNCTION p_shop__note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN UPDATE p_shop__notes SET what = 'gone' WHERE line = OLD.id; RETURN OLD; END $$;
            CREATE VIEW p_shop__all_notes WITH (security_invoker = true) AS SELECT what FROM p_shop__notes;
            CREATE FUNCTION p_shop__count() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM p_shop__notes; END;
            """;

    private static final String CASCADE = """
            ALTER TABLE p_shop__lines ADD CONSTRAINT key FOREIGN KEY (tenant_id, bill)
                REFERENCES p_shop__bills (tenant_id, id) ON DELETE CASCADE;
            """;
    private static final String SET_NULL_THEN =
            "ALTER TABLE p_shop__lines ADD CONSTRAINT key FOREIGN KEY (tenant_id, bill)"
                    + " REFERENCES p_shop__bills (tenant_id, id) ON DELETE SET NULL (bill); CREATE TRIGGER one ";
    private static final String NOTE = " ON p_shop__lines FOR EACH ROW EXECUTE FUNCTION p_shop__note()";
    private static final String TRIGGER =
            "CREATE TRIGGER one %s ON p_shop__lines FOR EACH ROW EXECUTE FUNCTION p_shop__%s();";

    abstract static class Cases extends DatabaseCases {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "UPDATE p_shop__notes SET what = ''",
                    "update P_Shop__Notes set what = ''",
                    "EXECUTE format('UPDATE %I SET what = $1', 'p_shop_' || '_notes') USING ''",
                    "IF EXISTS (SELECT FROM p_shop__all_notes) THEN RETURN OLD; END IF",
                    "IF /* all */ p_shop__count() > 1 THEN RETURN OLD; END IF"
                })
        void areRefusedWhereNoPolicyHolds(String body) {
            String function = "CREATE FUNCTION p_shop__look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + body
                    + "; RETURN OLD; END $$;";

            assertThat(refusal(
                            Plugins.first(TABLES),
                            Migration.expand(
                                    2, "look", function + CASCADE + TRIGGER.formatted("BEFORE DELETE", "look"))))
                    .isEqualTo(
                            "Migration 2 (look) of plugin 'shop' would have trigger 'one' of 'p_shop__lines', which"
                                    + " foreign key 'key' fires as the owner of the table, who sees the rows of all tenants; write"
                                    + " it as an AFTER trigger. Nothing was changed. The migration before it was applied and stays.");
        }

        @Test
        void areRefusedForRowsThatAKeyChanges() {
            assertThat(refusal(
                            Plugins.first(TABLES),
                            Migration.expand(2, "look", SET_NULL_THEN + "BEFORE UPDATE OF bill" + NOTE)))
                    .contains("would have trigger 'one' of 'p_shop__lines', which foreign key 'key' fires");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    // reaches no table of tenants
                    "CREATE FUNCTION p_shop__stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " PERFORM 1 FROM p_shop__rates; NEW.id := -OLD.id; RETURN NEW; END $$;"
                            + "CREATE TABLE p_shop__rates (id int);" + SET_NULL_THEN + "BEFORE UPDATE"
                            + " ON p_shop__lines FOR EACH ROW EXECUTE FUNCTION p_shop__stamp()",
                    // no key fires it
                    SET_NULL_THEN + "BEFORE DELETE" + NOTE,
                    SET_NULL_THEN + "BEFORE UPDATE OF id" + NOTE,
                    SET_NULL_THEN + "AFTER UPDATE" + NOTE
                })
        void areTakenWhereTheyHarmNobody(String script) {
            assertThat(migrate(Plugins.first(TABLES), Migration.expand(2, "harmless", script)))
                    .isEqualTo(new Outcome.Migrated(2, 0));
        }

        @Test
        void actOnRowsOfTheirTenantAlone() throws Exception {
            try (PluginFixture shop = withRows(CASCADE + TRIGGER.formatted("AFTER DELETE", "note"))) {
                shop.text("acme", "DELETE FROM p_shop__bills RETURNING id");

                assertThat(notes(shop)).isEqualTo("acme gone, beta kept");
            }
        }

        @Test
        void seeNoRowsOfTenantsInACallWithoutTenant() throws Exception {
            try (PluginFixture shop = withRows("""
                    CREATE TABLE p_shop__shelves (id int PRIMARY KEY);
                    INSERT INTO p_shop__shelves VALUES (7);
                    ALTER TABLE p_shop__lines ADD FOREIGN KEY (bill) REFERENCES p_shop__shelves (id) ON DELETE CASCADE;
                    """ + TRIGGER.formatted("AFTER DELETE", "note"))) {
                shop.text("", "DELETE FROM p_shop__shelves RETURNING id");

                assertThat(shop.text("acme", "SELECT count(*) FROM p_shop__lines"))
                        .isEqualTo("0");
                assertThat(notes(shop)).isEqualTo("acme kept, beta kept");
            }
        }

        /** Lines and notes of both tenants have the same numbers. */
        private PluginFixture withRows(String script) throws SQLException {
            PluginFixture shop = new PluginFixture(server().orElseThrow(), Limits.DEFAULT);
            shop.migrate(TABLES + """
                    INSERT INTO p_shop__bills (id, tenant_id) VALUES (7, 'acme'), (7, 'beta');
                    INSERT INTO p_shop__lines (id, bill, tenant_id) VALUES (1, 7, 'acme'), (1, 7, 'beta');
                    INSERT INTO p_shop__notes (line, what, tenant_id) VALUES (1, 'kept', 'acme'), (1, 'kept', 'beta');
                    """);
            shop.migrate(script);
            return shop;
        }

        private static String notes(PluginFixture shop) throws SQLException {
            return shop.database.text(
                    "SELECT string_agg(tenant_id || ' ' || what, ', ' ORDER BY tenant_id) FROM p_shop.p_shop__notes");
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
