// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration that no transaction holds is one statement about one index, and comes to an end whatever cuts it off. */
class ConcurrentMigrationTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String BUILD = "CREATE INDEX CONCURRENTLY idx_p_shop__name ON p_shop__items (name)";
    private static final Migration ITEMS = Migration.expand(
            1,
            "items",
            "CREATE TABLE p_shop__items (id int, name text);"
                    + " INSERT INTO p_shop__items SELECT n, 'name ' || n FROM generate_series(1, 1000) n");
    private static final Migration INDEX = Migration.concurrent(2, "index", BUILD);

    abstract static class Cases extends DatabaseCases {
        @Test
        void buildsAnIndexAndRecordsIt() throws SQLException {
            assertThat(migrate(ITEMS, INDEX)).isEqualTo(new Outcome.Migrated(2, 0));

            assertThat(valid()).isEqualTo("t");
            assertThat(plugins.history(SHOP)).extracting(Applied::kind).last().isEqualTo(Migration.Kind.CONCURRENT);
            assertThat(plugins.begun(SHOP)).isEmpty();
            assertThat(migrate(ITEMS, INDEX)).isEqualTo(new Outcome.Migrated(0, 0));
        }

        @Test
        void dropsAnIndex() throws SQLException {
            migrate(ITEMS, INDEX);

            assertThat(migrate(
                            ITEMS,
                            INDEX,
                            Migration.concurrent(3, "gone", "DROP INDEX CONCURRENTLY idx_p_shop__name; -- not used")))
                    .isEqualTo(new Outcome.Migrated(1, 0));
            assertThat(valid()).isEqualTo("none");
        }

        @Test
        void leavesTheLastIndexByWhichRowsOfATenantAreFound() throws SQLException {
            Migration divided = Migration.expand(2, "divided", "SELECT mortise.tenant_table('p_shop__items')");
            Migration drop = Migration.concurrent(3, "gone", "DROP INDEX CONCURRENTLY p_shop__items_tenant_id_idx");
            Migration other = Migration.concurrent(
                    3, "other", "CREATE INDEX CONCURRENTLY idx_p_shop__name ON p_shop__items (tenant_id, name)");
            Migration none = Migration.expand(1, "items", "CREATE TABLE p_shop__items (id int, name text)");

            assertThat(refusal(none, divided, drop))
                    .startsWith("Migration 3 (gone) of plugin 'shop' would drop index 'p_shop__items_tenant_id_idx',"
                            + " which alone finds the rows of a tenant in 'p_shop__items'. Nothing was changed.");
            assertThat(database.text("SELECT to_regclass('p_shop.p_shop__items_tenant_id_idx')"))
                    .isNotNull();

            Migration later = Migration.concurrent(4, "gone", drop.up());
            assertThat(migrate(none, divided, other, later)).isEqualTo(new Outcome.Migrated(2, 0));
            assertThat(valid()).isEqualTo("t");
        }

        @Test
        void leavesNothingOfAnIndexThatCannotBeBuilt() throws SQLException {
            Migration unique = Migration.concurrent(
                    2, "unique", "CREATE UNIQUE INDEX CONCURRENTLY idx_p_shop__name ON p_shop__items ((1))");

            assertThat(refusal(ITEMS, unique))
                    .startsWith("Migration 2 (unique) of plugin 'shop' failed: could not create unique index")
                    .contains("Nothing was changed.");

            assertThat(valid()).isEqualTo("none");
            assertThat(plugins.begun(SHOP)).isEmpty();
        }

        @Test
        void leavesAnIndexAloneThatAnotherMigrationMade() throws SQLException {
            Migration first = Migration.expand(2, "first", "CREATE INDEX idx_p_shop__name ON p_shop__items (id)");

            assertThat(refusal(ITEMS, first, Migration.concurrent(3, "again", BUILD)))
                    .startsWith("Migration 3 (again) of plugin 'shop' would create index 'idx_p_shop__name', which is"
                            + " there already. Nothing was changed.");

            assertThat(database.text("SELECT pg_get_indexdef('p_shop.idx_p_shop__name'::regclass)"))
                    .endsWith("(id)");
        }

        @Test
        void isFinishedAfterAKillInTheMiddle() throws Exception {
            migrate(ITEMS);
            try (Connection busy = TestServer.connect(database.server())) {
                hold(busy);
                Process killed = MigratingProcess.start(database, ITEMS.up(), BUILD);
                await().atMost(LONG).until(() -> plugins.running().stream().anyMatch(Cases::waits));
                killed.destroyForcibly().waitFor();
                await().atMost(LONG).until(() -> plugins.running().isEmpty());
                busy.rollback();
            }
            assertThat(valid()).as("what the kill left").isEqualTo("f");
            assertThat(plugins.begun(SHOP)).get().extracting("version").isEqualTo(2L);

            assertThat(migrate(ITEMS, INDEX)).isEqualTo(new Outcome.Migrated(1, 0));

            assertThat(valid()).isEqualTo("t");
            assertThat(plugins.begun(SHOP)).isEmpty();
        }

        @Test
        void isOnlyRecordedWhenTheKillCameAfterItsEnd() throws SQLException {
            migrate(ITEMS, INDEX);
            String oid = database.text("SELECT 'p_shop.idx_p_shop__name'::regclass::oid");
            begun(BUILD);

            assertThat(migrate(ITEMS, INDEX)).isEqualTo(new Outcome.Migrated(1, 0));
            assertThat(database.text("SELECT 'p_shop.idx_p_shop__name'::regclass::oid"))
                    .isEqualTo(oid);
        }

        @Test
        void isBuiltAnewWhenItsTextWasMended() throws SQLException {
            migrate(ITEMS, INDEX);
            begun(BUILD);
            Migration mended = Migration.concurrent(
                    2, "index", "CREATE INDEX CONCURRENTLY idx_p_shop__name ON p_shop__items (name, id)");

            assertThat(migrate(ITEMS, mended)).isEqualTo(new Outcome.Migrated(1, 0));

            assertThat(database.text("SELECT pg_get_indexdef('p_shop.idx_p_shop__name'::regclass)"))
                    .endsWith("(name, id)");
        }

        @Test
        void tellsForWhomItWaitsAndHoldsNobodyUp() throws Exception {
            migrate(ITEMS);
            try (Connection busy = TestServer.connect(database.server());
                    PooledDatabase other = TestDatabase.open(database.server())) {
                hold(busy);
                CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> migrate(ITEMS, INDEX));
                await().atMost(LONG).until(() -> plugins.running().stream().anyMatch(Cases::waits));
                RunningMigration running = plugins.running().get(0);
                assertThat(running.plugin()).isEqualTo("shop");
                assertThat(running.migration()).isEqualTo("2 index");
                assertThat(running.doing()).startsWith("waiting for ");
                assertThat(running.waitsFor()).singleElement().asString().endsWith(" of role mortise");

                // another container waits for the first without keeping it from its end
                CompletableFuture<Outcome> second =
                        CompletableFuture.supplyAsync(() -> new PostgresPluginDatabase(other)
                                .migrate(Plugins.identity("shop"), List.of(ITEMS, INDEX), Reach.ALL));
                await().during(Duration.ofMillis(500)).atMost(LONG).until(() -> !first.isDone() && !second.isDone());
                busy.rollback();

                assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Migrated(1, 0));
                assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Migrated(0, 0));
            }
        }

        @Test
        void endsAfterItsTimeWithTheKeyToRaise() throws Exception {
            migrate(ITEMS);
            Duration second = Duration.ofSeconds(1);
            Limits impatient = TestLimits.with(new MigrationLimits(LONG, second, second, second, second));
            try (Connection busy = TestServer.connect(database.server());
                    PooledDatabase other = TestDatabase.open(database.server(), impatient)) {
                hold(busy);

                Outcome outcome = new PostgresPluginDatabase(other)
                        .migrate(Plugins.identity("shop"), List.of(ITEMS, INDEX), Reach.ALL);

                assertThat(((Outcome.Refused) outcome).problem().message())
                        .startsWith(
                                "Migration 2 (index) of plugin 'shop' took longer than"
                                        + " migration.concurrent.timeout.seconds. Index 'idx_p_shop__name' is left and not valid;");
                busy.rollback();
            }
            assertThat(migrate(ITEMS, INDEX)).isEqualTo(new Outcome.Migrated(1, 0));
            assertThat(valid()).isEqualTo("t");
        }

        /** Makes it look as if a container had been killed just before it recorded the end. */
        private void begun(String script) throws SQLException {
            database.execute("DELETE FROM mortise._plugin_migrations WHERE version = 2;"
                    + " INSERT INTO mortise.plugin_migration_begun (plugin_id, version, description, checksum, index_name,"
                    + " drops) VALUES ('shop', 2, 'index', '" + Checksum.of(script) + "', 'idx_p_shop__name', false)");
        }

        /** A transaction that has written to the table: an index waits for its end. */
        private void hold(Connection busy) throws SQLException {
            busy.setAutoCommit(false);
            Sql.execute(busy, "SET LOCAL ROLE " + names().owner());
            Sql.execute(busy, "UPDATE p_shop.p_shop__items SET name = 'x' WHERE id = 1");
            Sql.execute(busy, "RESET ROLE");
        }

        private static boolean waits(RunningMigration running) {
            return !running.waitsFor().isEmpty();
        }

        private String valid() throws SQLException {
            return database.text("SELECT coalesce((SELECT indisvalid::text FROM pg_index x JOIN pg_class c"
                            + " ON c.oid = x.indexrelid WHERE c.relname = 'idx_p_shop__name'), 'none')")
                    .replaceFirst("^true$", "t")
                    .replaceFirst("^false$", "f");
        }
    }

    @Nested
    class Embedded extends Cases {
        @Override
        Optional<TestServer> server() {
            return Optional.of(TestServer.embedded());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CREATE INDEX idx_p_shop__a ON p_shop__items (id)",
                    "CREATE INDEX CONCURRENTLY ON p_shop__items (id)",
                    "CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_p_shop__a ON p_shop__items (id)",
                    "CREATE INDEX CONCURRENTLY stolen ON p_shop__items (id)",
                    "CREATE INDEX CONCURRENTLY \"idx_p_shop__a\" ON p_shop__items (id)",
                    "CREATE INDEX CONCURRENTLY \"idx_p_shop__a ON x (\" ON p_shop__items (id)",
                    "CREATE INDEX CONCURRENTLY idx_p_shop__a ON p_shop__items (id); CREATE TABLE stolen (id int)",
                    "CREATE INDEX CONCURRENTLY idx_p_shop__a ON p_shop__items (id) /* ; */",
                    "/* */ CREATE TABLE stolen (id int)",
                    "-- one\rCREATE TABLE stolen (id int)",
                    "DROP INDEX CONCURRENTLY idx_p_shop__a, idx_p_other__b",
                    "DROP INDEX CONCURRENTLY p_other.idx_p_shop__a",
                    "REINDEX INDEX CONCURRENTLY idx_p_shop__a",
                    "VACUUM FULL",
                    "ALTER SYSTEM SET work_mem = '1GB'",
                    "SELECT 1",
                    ""
                })
        void refusesAnythingElse(String script) throws SQLException {
            assertThat(refusal(ITEMS, Migration.concurrent(2, "evil", script)))
                    .startsWith("Migration 2 (evil) of plugin 'shop' ")
                    .endsWith(". Nothing was changed.");
            assertThat(versions()).as("it is read before anything runs").isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CREATE INDEX CONCURRENTLY idx_p_shop__evil ON mortise.tenant (name)",
                    "CREATE INDEX CONCURRENTLY idx_p_shop__evil ON p_other.p_other__secrets (id)"
                })
        void touchesNoTableOfOthers(String script) throws SQLException {
            plugins.migrate(
                    Plugins.identity("other"),
                    List.of(Plugins.first("CREATE TABLE p_other__secrets (id int)")),
                    Reach.ALL);

            assertThat(refusal(ITEMS, Migration.concurrent(2, "evil", script)))
                    .contains("Migration 2 (evil) of plugin 'shop' does what plugins may not");
            assertThat(database.text("SELECT count(*) FROM pg_class WHERE relname = 'idx_p_shop__evil'"))
                    .isEqualTo("0");
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
