// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.WayBack;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Taking migrations back says first what goes, runs what came with the applied text, and is recorded. */
class DownMigrationsTest {
    private static final OptionalLong NEWEST = OptionalLong.empty();
    private static final Migration ITEMS = both(
            1,
            "items",
            "CREATE TABLE p_shop__items (id int, name text); SELECT mortise.tenant_table('p_shop__items')",
            "DROP TABLE p_shop__items");
    private static final Migration SIZE = both(
            2,
            "size",
            "ALTER TABLE p_shop__items ADD COLUMN size int",
            "ALTER TABLE p_shop__items DROP COLUMN size; DELETE FROM p_shop__items WHERE id > 1");

    private static Migration both(long version, String description, String up, String down) {
        return DatabaseCases.both(version, description, up, down);
    }

    abstract static class Cases extends DatabaseCases {
        @Test
        void looksWithoutChangingAnything() throws SQLException {
            migrateWithRows();

            WayBack way = plugins.wayBack(SHOP, NEWEST, STILL);

            assertThat(way.steps()).hasSize(1);
            assertThat(way.newest()).isEqualTo(2);
            assertThat(way.steps().get(0).statements())
                    .containsExactly(
                            "ALTER TABLE p_shop__items DROP COLUMN size", "DELETE FROM p_shop__items WHERE id > 1");
            assertThat(way.lost())
                    .containsExactly(
                            "drops column 'size' of 'p_shop__items'", "removes 2 of the 3 rows of 'p_shop__items'");
            assertThat(versions()).containsExactly(1L, 2L);
            assertThat(rows()).isEqualTo("3");
        }

        @Test
        void takesBackTheNewestAndRecordsIt() throws SQLException {
            migrateWithRows();

            plugins.takeBack(SHOP, plugins.wayBack(SHOP, NEWEST, STILL), STILL);

            assertThat(versions()).containsExactly(1L);
            assertThat(rows()).isEqualTo("1");
            assertThat(database.text("SELECT what || ' ' || version FROM mortise.plugin_data_log"))
                    .isEqualTo("down 2");
            assertThat(migrate(ITEMS, SIZE)).isEqualTo(new Outcome.Migrated(1, 0));
        }

        @Test
        void takesBackAllAboveAVersion() throws SQLException {
            migrateWithRows();

            WayBack way = plugins.wayBack(SHOP, OptionalLong.of(0), STILL);
            plugins.takeBack(SHOP, way, STILL);

            assertThat(way.lost()).containsExactly("drops 'p_shop__items' with 3 rows");
            assertThat(versions()).isEmpty();
            assertThat(database.text("SELECT count(*) FROM pg_class WHERE relname = 'p_shop__items'"))
                    .isEqualTo("0");
        }

        @Test
        void saysWhatIsTakenBackAlreadyWhenALaterOneIsRefused() throws SQLException {
            String onlyOnce = "DO $$ BEGIN IF NOT EXISTS (SELECT FROM mortise.plugin_history() WHERE version = 2) THEN"
                    + " RAISE EXCEPTION 'no'; END IF; END $$";
            migrate(both(1, "stays", "SELECT 1", onlyOnce), both(2, "goes", "SELECT 1", "SELECT 1"));
            WayBack way = plugins.wayBack(SHOP, OptionalLong.of(0), STILL);

            assertThatThrownBy(() -> plugins.takeBack(SHOP, way, STILL))
                    .hasMessageStartingWith(
                            "The way back of migration 1 (stays) of plugin 'shop' failed: no. Nothing was"
                                    + " changed. What came after it is taken back already.");
            assertThat(versions()).containsExactly(1L);
        }

        @Test
        void refusesWhatHasNoWayBack() {
            migrate(ITEMS, Migration.expand(2, "more", "SELECT 1"));

            assertThatThrownBy(() -> plugins.wayBack(SHOP, NEWEST, STILL))
                    .hasMessage("The way back of migration 2 (more) of plugin 'shop' is not known: no release that ran"
                            + " brought it. Nothing was changed. Add migrations/2__more.down.sql to the plugin and"
                            + " start that version once.");
        }

        @Test
        void saysHowAWayBackIsMendedThatCanNotBeTaken() {
            migrate(ITEMS, both(2, "more", "SELECT 1", "DROP INDEX CONCURRENTLY idx_p_shop__id"));

            assertThatThrownBy(() -> plugins.wayBack(SHOP, NEWEST, STILL))
                    .hasMessage("The way back of migration 2 (more) of plugin 'shop' asks for CONCURRENTLY, which no"
                            + " transaction allows. Nothing was changed. Leave that word out; one statement that goes up"
                            + " may have it, in a file of its own that ends with __concurrent.sql (line 1). Then start a"
                            + " version of the plugin that brings it: that records it anew.");

            migrate(ITEMS, both(2, "more", "SELECT 1", "SELECT 2"));
            assertThat(plugins.wayBack(SHOP, NEWEST, STILL).newest()).isEqualTo(2);
        }

        @Test
        void keepsAWayBackThatALaterReleaseBrings() {
            migrate(ITEMS, Migration.expand(2, "more", "SELECT 1"));

            assertThat(migrate(ITEMS, both(2, "more", "SELECT 1", "SELECT 2"))).isInstanceOf(Outcome.Migrated.class);
            assertThat(migrate(ITEMS, Migration.expand(2, "more", "SELECT 1"))).isInstanceOf(Outcome.Migrated.class);

            assertThat(plugins.wayBack(SHOP, NEWEST, STILL).steps().get(0).statements())
                    .containsExactly("SELECT 2");
        }

        @Test
        void refusesAScriptThatWasChangedInTheDatabase() throws SQLException {
            migrateWithRows();
            WayBack looked = plugins.wayBack(SHOP, NEWEST, STILL);
            database.execute(
                    "UPDATE mortise._plugin_migrations SET down = 'DROP TABLE p_shop__items' WHERE version = 2");

            assertThatThrownBy(() -> plugins.wayBack(SHOP, NEWEST, STILL))
                    .hasMessageContaining("was changed in the database since it was recorded (sha256 ");
            assertThatThrownBy(() -> plugins.takeBack(SHOP, looked, STILL))
                    .hasMessageContaining("was changed in the database");
            assertThat(versions()).containsExactly(1L, 2L);
        }

        @Test
        void takesBackOnlyWhatWasLookedAt() throws SQLException {
            migrateWithRows();
            WayBack looked = plugins.wayBack(SHOP, NEWEST, STILL);
            migrate(ITEMS, SIZE, both(3, "later", "SELECT 1", "SELECT 1"));

            assertThatThrownBy(() -> plugins.takeBack(SHOP, looked, STILL))
                    .hasMessageContaining("have changed since. Nothing was changed. Look again.");
        }

        @Test
        void leavesAPluginAloneThatRunsHereOrElsewhere() throws SQLException {
            migrateWithRows();

            assertThatThrownBy(() -> plugins.wayBack(SHOP, NEWEST, () -> Optional.of("Plugin 'shop' runs.")))
                    .hasMessage("Plugin 'shop' runs. Nothing was changed.");
            try (Connection elsewhere = TestServer.connect(
                    database.server().url(),
                    names().app(),
                    database.opened().key().passwordOf(names().app()))) {
                assertThat(elsewhere.isValid(1)).isTrue();
                assertThatThrownBy(() -> plugins.wayBack(SHOP, NEWEST, STILL))
                        .hasMessageContaining("Plugin 'shop' has connections to its tables: it runs on another node.");
            }
        }

        @Test
        void isStoppedByTheServerLikeAnyOtherScript() throws SQLException {
            migrate(ITEMS, both(2, "evil", "SELECT 1", "DO $$ BEGIN EXECUTE 'CREATE TABLE stolen (id int)'; END $$"));

            assertThatThrownBy(() -> plugins.wayBack(SHOP, NEWEST, STILL))
                    .hasMessageContaining("The way back of migration 2 (evil) of plugin 'shop' would create 'stolen'");
            assertThat(versions()).containsExactly(1L, 2L);
        }

        @Test
        void waitsForNobodyWhoMigrates() throws SQLException {
            migrateWithRows();
            try (Connection other = TestServer.connect(database.server())) {
                other.setAutoCommit(false);
                assertThat(new MigrationTurn(names(), Duration.ZERO).taken(other))
                        .isTrue();

                assertThatThrownBy(() -> plugins.wayBack(SHOP, NEWEST, STILL))
                        .hasMessageStartingWith("The schema of plugin 'shop' is being changed by another order");
            }
        }

        @Test
        void letsNoStartPassMeanwhile() throws Exception {
            migrateWithRows();
            final CompletableFuture<Outcome> start;
            try (Connection other = TestServer.connect(database.server())) {
                other.setAutoCommit(false);
                assertThat(new MigrationTurn(names(), Duration.ZERO).taken(other))
                        .isTrue();

                start = CompletableFuture.supplyAsync(() -> migrate(ITEMS, SIZE));

                await().during(Duration.ofSeconds(1)).until(() -> !start.isDone());
            }
            assertThat(start.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Migrated(0, 0));
        }

        private void migrateWithRows() throws SQLException {
            assertThat(migrate(ITEMS, SIZE)).isEqualTo(new Outcome.Migrated(2, 0));
            database.execute(
                    "GRANT " + names().owner() + " TO CURRENT_USER; SET ROLE " + names().owner()
                            + "; INSERT INTO p_shop.p_shop__items (id, tenant_id) SELECT n, 'default' FROM generate_series(1, 3) n");
        }

        private String rows() throws SQLException {
            try (Connection connection = TestServer.connect(database.server())) {
                Sql.execute(connection, "SET ROLE " + names().owner());
                return Sql.text(connection, "SELECT count(*) FROM p_shop.p_shop__items");
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
