// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A migration fails at each of its statements in turn: nothing of it stays, and it runs once it is mended. */
class FailingStatementTest {
    private static final List<String> STATEMENTS = List.of(
            "ALTER TABLE p_inventory__items ADD COLUMN price numeric",
            "UPDATE p_inventory__items SET price = 1",
            "CREATE TABLE p_inventory__notes (id int REFERENCES p_inventory__items)",
            "INSERT INTO p_inventory__notes VALUES (1)",
            "CREATE INDEX idx_p_inventory__price ON p_inventory__items (price)",
            "CREATE SEQUENCE p_inventory__numbers");
    private static final Migration FIRST = Plugins.first(
            "CREATE TABLE p_inventory__items (id int PRIMARY KEY); INSERT INTO p_inventory__items VALUES (1)");
    private static final String STATE = """
            SELECT string_agg(thing, ' ' ORDER BY thing) FROM (
                SELECT relname || relnatts AS thing FROM pg_class WHERE relnamespace = 'p_inventory'::regnamespace
                UNION ALL SELECT to_jsonb(i)::text FROM p_inventory.p_inventory__items i) state
            """;

    private TestDatabase database;
    private PostgresPluginDatabase plugins;

    @BeforeEach
    void migrateTheFirst() throws SQLException {
        database = TestDatabase.open();
        plugins = new PostgresPluginDatabase(database.opened());
        assertThat(migrate(FIRST)).isEqualTo(new Outcome.Migrated(1, 0));
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void leavesNothingBehindWhicheverItIs() throws SQLException {
        String before = database.text(STATE);

        for (int failing = 0; failing <= STATEMENTS.size(); failing++) {
            List<String> statements = new ArrayList<>(STATEMENTS);
            statements.add(failing, "SELECT 1 / 0");

            assertThat(migrate(FIRST, second(statements)))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.problem().message()).contains("division by zero"));
            assertThat(database.text(STATE)).isEqualTo(before);
            assertThat(plugins.history(new PluginId("inventory"))).hasSize(1);
        }

        assertThat(migrate(FIRST, second(STATEMENTS))).isEqualTo(new Outcome.Migrated(1, 0));
    }

    private static Migration second(List<String> statements) {
        return Migration.expand(2, "more", String.join(";\n", statements));
    }

    private Outcome migrate(Migration... migrations) {
        return plugins.migrate(Plugins.identity("inventory"), List.of(migrations), Reach.ALL);
    }
}
