// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.Rehearsal.Result;
import dev.mortise.kernel.model.Rehearsal.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A dry run shows what would run, runs it where it can, and changes nothing. */
class MigrationRehearsalTest {
    private static final Migration ITEMS = Migration.expand(1, "items", "CREATE TABLE p_shop__items (id int)");
    private static final Migration NAME = Migration.expand(
            2,
            "name",
            "ALTER TABLE p_shop__items ADD COLUMN name text;\n-- and\nINSERT INTO p_shop__items VALUES (1, ';')");
    private static final Migration INDEX =
            Migration.concurrent(3, "index", "CREATE INDEX CONCURRENTLY idx_p_shop__name ON p_shop__items (name)");
    private static final Migration FILL = Migration.expand(4, "fill", "UPDATE p_shop__items SET name = 'x'");

    abstract static class Cases extends DatabaseCases {
        @Test
        void runsWhatIsPendingAndRollsItBack() throws SQLException {
            migrate(ITEMS);

            Rehearsal tried = rehearse(true, ITEMS, NAME, INDEX, FILL);

            assertThat(tried.problem()).isEmpty();
            assertThat(tried.message()).isEqualTo("All of it would run. It was rolled back: nothing was changed.");
            assertThat(tried.steps())
                    .extracting(Step::version, Step::kind, Step::result)
                    .containsExactly(
                            tuple(2L, "transactional", Result.RAN),
                            tuple(3L, "concurrent", Result.READ),
                            tuple(4L, "transactional", Result.RAN));
            assertThat(tried.steps().get(0).statements())
                    .containsExactly(
                            "ALTER TABLE p_shop__items ADD COLUMN name text",
                            "INSERT INTO p_shop__items VALUES (1, ';')");
            assertThat(versions()).containsExactly(1L);
            assertThat(columns()).isEqualTo("id");
        }

        @Test
        void saysWhichWayBackWouldBeRefusedOnceItIsNeeded() throws SQLException {
            migrate(ITEMS);
            Migration index = new Migration(
                    2,
                    "index",
                    Migration.Phase.EXPAND,
                    Migration.Kind.CONCURRENT,
                    "CREATE INDEX CONCURRENTLY idx_p_shop__id ON p_shop__items (id)",
                    Optional.of("DROP INDEX CONCURRENTLY idx_p_shop__id"));

            for (boolean run : List.of(true, false)) {
                Rehearsal tried = rehearse(run, ITEMS, index);

                assertThat(tried.problem()).isEmpty();
                assertThat(tried.message())
                        .endsWith("The way back of migration 2 (index) of plugin 'shop' asks for CONCURRENTLY, which no"
                                + " transaction allows. It would be refused when it is needed. Leave that word out;"
                                + " one statement that goes up may have it, in a file of its own that ends with"
                                + " __concurrent.sql (line 1).");
            }
        }

        @Test
        void namesTheOneThatWouldFail() throws SQLException {
            migrate(ITEMS);

            Rehearsal tried = rehearse(true, ITEMS, NAME, Migration.expand(3, "bad", "SELECT 1 / 0"), FILL);

            assertThat(tried.problem())
                    .get()
                    .extracting(Rehearsal.Trouble::message)
                    .isEqualTo("Migration 3 (bad) of plugin 'shop' failed: division by zero. Nothing was changed.");
            assertThat(tried.steps()).extracting(Step::result).containsExactly(Result.RAN, Result.REFUSED, Result.READ);
            assertThat(columns()).isEqualTo("id");
        }

        @Test
        void onlyReadsWhereThereIsNoSchemaOrThatIsWanted() throws SQLException {
            Rehearsal first = rehearse(true, ITEMS);
            assertThat(first.steps()).extracting(Step::result).containsExactly(Result.READ);
            assertThat(first.message()).contains("the plugin has no schema before its first start");
            assertThat(database.text("SELECT count(*) FROM pg_namespace WHERE nspname = 'p_shop'"))
                    .isEqualTo("0");

            migrate(ITEMS);
            assertThat(rehearse(false, ITEMS, NAME).message()).isEqualTo("It was only read: nothing was run.");
            assertThat(rehearse(true, ITEMS).message()).isEqualTo("All its migrations are applied: nothing would run.");
        }

        @Test
        void refusesWhatAStartWouldRefuseWithoutRunningIt() {
            migrate(ITEMS);

            assertThat(rehearse(true, Migration.expand(1, "items", "SELECT 1")).problem())
                    .get()
                    .extracting(Rehearsal.Trouble::message)
                    .asString()
                    .contains("was applied with other text");
            assertThat(rehearse(true, ITEMS, Migration.expand(2, "out", "CREATE TABLE tokens (id int)"))
                            .problem())
                    .get()
                    .extracting(Rehearsal.Trouble::message)
                    .asString()
                    .contains("would create 'tokens', which is outside p_shop__");
        }

        private Rehearsal rehearse(boolean run, Migration... migrations) {
            return plugins.rehearse(Plugins.identity("shop"), List.of(migrations), run);
        }

        private String columns() throws SQLException {
            return database.text("SELECT string_agg(attname, ' ') FROM pg_attribute"
                    + " WHERE attrelid = 'p_shop.p_shop__items'::regclass AND attnum > 0");
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
