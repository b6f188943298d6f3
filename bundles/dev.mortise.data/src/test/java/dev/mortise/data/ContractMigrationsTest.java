// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mortise.api.data.Migration;
import dev.mortise.api.data.Migration.Phase;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations of the phase contract: what they may do, when they run, and what they end. */
class ContractMigrationsTest {
    private static final Migration CREATE = Migration.expand(
            1, "create", "CREATE TABLE p_inventory__products (id int PRIMARY KEY, old_price int, name text)");
    private static final Migration DROP =
            contract(2, "drop_y", "ALTER TABLE p_inventory__products DROP COLUMN old_price");
    private static final Migration ADD =
            Migration.expand(3, "add_x", "ALTER TABLE p_inventory__products ADD COLUMN x int");

    private TestDatabase database;
    private PostgresPluginDatabase plugins;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        plugins = new PostgresPluginDatabase(database.opened());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE p_inventory__products DROP COLUMN old_price",
                "ALTER TABLE p_inventory__products RENAME COLUMN old_price TO price",
                "ALTER TABLE p_inventory__products ALTER name TYPE varchar(5)",
                "ALTER TABLE p_inventory__products ALTER name SET NOT NULL",
                "ALTER TABLE p_inventory__products RENAME TO p_inventory__goods",
                "DROP TABLE p_inventory__products"
            })
    void takeAwayWhatNobodyUsesAnyMore(String script) {
        migrate(Reach.ALL, CREATE);

        assertThat(migrate(Reach.ALL, CREATE, contract(2, "less", script))).isEqualTo(new Outcome.Migrated(1, 0));
        assertThat(history())
                .extracting(Applied::version, Applied::description, Applied::phase)
                .containsExactly(tuple(1L, "create", Phase.EXPAND), tuple(2L, "less", Phase.CONTRACT));
    }

    @Test
    void areLeftWhileAnOlderVersionRuns() throws SQLException {
        assertThat(migrate(Reach.EXPAND, CREATE, DROP)).isEqualTo(new Outcome.Migrated(1, 1));
        assertThat(migrate(Reach.EXPAND, CREATE, DROP)).isEqualTo(new Outcome.Migrated(0, 1));
        assertThat(columns()).isEqualTo("id,old_price,name");

        assertThat(migrate(Reach.ALL, CREATE, DROP)).isEqualTo(new Outcome.Migrated(1, 0));
        assertThat(columns()).isEqualTo("id,name");
        assertThat(migrate(Reach.EXPAND, CREATE, DROP)).isEqualTo(new Outcome.Migrated(0, 0));
    }

    @Test
    void runInTheirPlaceBetweenExpandMigrationsWhenNothingOlderRuns() throws SQLException {
        assertThat(migrate(Reach.ALL, ADD, DROP, CREATE)).isEqualTo(new Outcome.Migrated(3, 0));

        assertThat(columns()).isEqualTo("id,name,x");
    }

    @Test
    void keepLaterExpandMigrationsFromRunningBeforeThem() {
        migrate(Reach.ALL, CREATE);
        Migration more = contract(4, "drop_x", "ALTER TABLE p_inventory__products DROP COLUMN x");

        MigrationProblem refusal = refusal(Reach.EXPAND, CREATE, DROP, ADD, more);

        assertThat(refusal.message())
                .isEqualTo("Migration 3 (add_x) of plugin 'inventory' comes after contract migration 2 (drop_y), which"
                        + " can run only when no older version runs. Nothing was changed.");
        assertThat(refusal.remedy())
                .isEqualTo("Deploy the version that ends with migration 2 first, or undeploy 'inventory' and deploy it"
                        + " again.");
        assertThat(history()).hasSize(1);
    }

    @Test
    void refuseThatBeforeTheExpandMigrationsInFrontOfThemRun() {
        refusal(Reach.EXPAND, CREATE, DROP, ADD);

        assertThat(history()).isEmpty();
    }

    @Test
    void doNotStandInTheWayOnceTheyAreApplied() {
        migrate(Reach.ALL, CREATE, DROP);

        assertThat(migrate(Reach.EXPAND, CREATE, DROP, ADD)).isEqualTo(new Outcome.Migrated(1, 0));
    }

    @Test
    void endTheWayBackBehindThem() {
        Migration dropOld = contract(3, "drop_old_price", "ALTER TABLE p_inventory__products DROP COLUMN old_price");
        Migration note = Migration.expand(2, "note", "ALTER TABLE p_inventory__products ADD COLUMN note text");
        migrate(Reach.ALL, CREATE, note, dropOld);

        for (Reach reach : Reach.values()) {
            MigrationProblem refusal = refusal(reach, CREATE, note);
            assertThat(refusal.message())
                    .isEqualTo("Plugin 'inventory' 1.0.0 can't run on this schema: contract migration 3"
                            + " (drop_old_price) was applied on " + LocalDate.now(ZoneOffset.UTC) + ".");
            assertThat(refusal.remedy()).isEqualTo("Deploy a version that contains it.");
        }
        assertThat(refusal(Reach.ALL, CREATE).message()).contains("contract migration 3 (drop_old_price)");
    }

    @Test
    void leaveTheWayBackOpenWhenTheyWereOnlyLeft() {
        migrate(Reach.EXPAND, CREATE, DROP);

        assertThat(migrate(Reach.ALL, CREATE)).isEqualTo(new Outcome.Migrated(0, 0));
    }

    @Test
    void areReadBeforeAnythingRunsEvenWhenTheyAreLeft() {
        Migration tokens = contract(2, "more", "CREATE TABLE tokens (id int)");

        assertThat(refusal(Reach.EXPAND, CREATE, tokens).message())
                .isEqualTo("Migration 2 (more) of plugin 'inventory' would create 'tokens', which is outside"
                        + " p_inventory__. Nothing was changed.");
        assertThat(history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN EXECUTE 'CREATE TABLE tokens (id int)'; END $$",
                "DO $$ BEGIN EXECUTE 'GRANT SELECT ON p_inventory__products TO PUBLIC'; END $$",
                "DO $$ BEGIN EXECUTE 'CREATE VIEW p_inventory__all AS SELECT 1'; END $$"
            })
    void mayNoMoreThanOthersAndLeaveNothingWhenTheyAreRefused(String script) throws SQLException {
        migrate(Reach.ALL, CREATE);
        String drop = "ALTER TABLE p_inventory__products DROP COLUMN old_price; ";

        assertThat(refusal(Reach.ALL, CREATE, contract(2, "more", drop + script))
                        .message())
                .startsWith("Migration 2 (more) of plugin 'inventory' would ")
                .endsWith("Nothing was changed.");
        assertThat(columns()).isEqualTo("id,old_price,name");
        assertThat(history()).hasSize(1);
    }

    @Test
    void leaveExpandMigrationsOfTheSameRunUnderTheirOwnRule() {
        Migration narrow = Migration.expand(3, "narrow", "ALTER TABLE p_inventory__products DROP COLUMN name");

        assertThat(refusal(Reach.ALL, CREATE, DROP, narrow).message())
                .startsWith("Migration 3 (narrow) of plugin 'inventory' drops column 'name'");
    }

    private static Migration contract(long version, String description, String script) {
        return new Migration(version, description, Phase.CONTRACT, script, Optional.empty());
    }

    private Outcome migrate(Reach reach, Migration... migrations) {
        return plugins.migrate(Plugins.identity("inventory"), List.of(migrations), reach);
    }

    private MigrationProblem refusal(Reach reach, Migration... migrations) {
        Outcome outcome = migrate(reach, migrations);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).problem();
    }

    private List<Applied> history() {
        return plugins.history(new PluginId("inventory"));
    }

    private String columns() throws SQLException {
        return database.text("SELECT string_agg(column_name, ',' ORDER BY ordinal_position)"
                + " FROM information_schema.columns WHERE table_name = 'p_inventory__products'");
    }
}
