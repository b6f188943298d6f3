// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A migration that fails, at whatever statement, leaves what was there before, and may be mended. */
class FailingMigrationsTest {
    private static final Migration FIRST =
            Migration.expand(1, "first", "CREATE TABLE p_shop__items (id int); INSERT INTO p_shop__items VALUES (1)");
    private static final List<String> STATEMENTS = List.of(
            "CREATE TABLE p_shop__orders (id int PRIMARY KEY)",
            "SELECT mortise.tenant_table('p_shop__orders')",
            "ALTER TABLE p_shop__items ADD COLUMN name text",
            "UPDATE p_shop__items SET id = 2",
            "CREATE INDEX idx_p_shop__name ON p_shop__items (name)");
    private static final String EVERYTHING = """
            SELECT string_agg(c.relname || coalesce((SELECT string_agg(a.attname, '') FROM pg_attribute a
                                                      WHERE a.attrelid = c.oid AND a.attnum > 0), ''), ',' ORDER BY c.relname)
                   || (SELECT sum(id) FROM p_shop.p_shop__items)
                   || (SELECT count(*) FROM mortise._plugin_migrations WHERE plugin_id = 'shop')
              FROM pg_class c WHERE c.relnamespace = 'p_shop'::regnamespace
            """;

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
    void leaveNothingBehindWhicheverStatementItWas() throws SQLException {
        assertThat(migrate(FIRST)).isInstanceOf(Outcome.Migrated.class);
        String before = database.text(EVERYTHING);

        for (int failing = 0; failing <= STATEMENTS.size(); failing++) {
            List<String> script = new ArrayList<>(STATEMENTS);
            script.add(failing, "SELECT 1 / 0");
            Outcome outcome = migrate(FIRST, second(script));

            assertThat(outcome).as("at %d", failing).isInstanceOf(Outcome.Refused.class);
            assertThat(database.text(EVERYTHING)).as("at %d", failing).isEqualTo(before);
        }

        assertThat(migrate(FIRST, second(STATEMENTS))).isEqualTo(new Outcome.Migrated(1, 0));
        assertThat(database.text("SELECT id FROM p_shop.p_shop__items")).isEqualTo("2");
    }

    private static Migration second(List<String> statements) {
        return Migration.expand(2, "second", String.join(";\n", statements));
    }

    private Outcome migrate(Migration... migrations) {
        return new PostgresPluginDatabase(database.opened())
                .migrate(Plugins.identity("shop"), List.of(migrations), Reach.ALL);
    }
}
