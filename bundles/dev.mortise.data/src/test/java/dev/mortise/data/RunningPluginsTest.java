// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.data.Migration;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginData.Stillness;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.PluginRuns.Run;
import dev.mortise.kernel.port.PluginServices.Offer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, of which the other one has no connection to the plugin's tables. */
class RunningPluginsTest {
    private static final PluginId SHOP = new PluginId("shop");
    private static final Stillness STILL = Optional::empty;
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Migration ITEMS = Migration.expand(1, "items", "CREATE TABLE p_shop__items (id int)");
    private static final Migration MORE = DatabaseCases.both(2, "more", "SELECT 1", "SELECT 1");

    private TestDatabase database;
    private PooledDatabase impatient;
    private PooledDatabase elsewhere;
    private RunningPlugins here;
    private RunningPlugins there;
    private PostgresPluginDatabase plugins;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.on(TestServer.embedded());
        elsewhere = TestDatabase.open(database.server(), TestLimits.withLock(200));
        there = new RunningPlugins(elsewhere, "there", LEASE);
        impatient = TestDatabase.open(database.server(), TestLimits.withLock(200));
        here = new RunningPlugins(impatient, "here", LEASE);
        plugins = new PostgresPluginDatabase(impatient, here);
        assertThat(plugins.migrate(Plugins.identity("shop"), List.of(ITEMS, MORE), Reach.ALL))
                .isEqualTo(new Outcome.Migrated(2, 0));
    }

    @AfterEach
    void close() throws SQLException {
        there.stop();
        here.stop();
        elsewhere.close();
        impatient.close();
        database.close();
    }

    @Test
    void leaveAPluginAloneThatRunsOnAnotherNode() {
        Run running = there.runs(Plugins.identity("shop"));
        awaitRows("shop 1.0.0 there");

        refused(() -> plugins.wayBack(SHOP, OptionalLong.empty(), STILL));
        refused(() -> plugins.purge(SHOP, STILL));
        // longer than a row holds that nobody renews
        await().during(LEASE.plusSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> here.elsewhere(SHOP)
                .isPresent());

        running.close();
        awaitRows("");
        plugins.takeBack(SHOP, plugins.wayBack(SHOP, OptionalLong.empty(), STILL), STILL);
        plugins.purge(SHOP, STILL);
        assertThat(plugins.history(SHOP)).isEmpty();
    }

    @Test
    void areRenewedWhateverElseTakesLongInTheBackground() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            elsewhere.pools().execute(() -> {
                busy.countDown();
                awaitQuietly(end);
            });
        }
        busy.await();

        there.runs(Plugins.identity("shop"));

        awaitRows("shop 1.0.0 there");
        await().during(LEASE.plusSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> here.elsewhere(SHOP)
                .isPresent());
        end.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endByThemselvesWhenTheirNodeWasKilled() {
        there.runs(Plugins.identity("shop"));
        awaitRows("shop 1.0.0 there");

        // nothing of it renews or removes anything any more
        elsewhere.close();

        refused(() -> plugins.purge(SHOP, STILL));
        await().atMost(Duration.ofSeconds(20)).until(() -> here.elsewhere(SHOP).isEmpty());
        plugins.purge(SHOP, STILL);
    }

    @Test
    void areTakenBackAtTheEnd() throws SQLException {
        there.runs(Plugins.identity("shop"));
        awaitRows("shop 1.0.0 there");

        there.stop();

        assertThat(rows()).isEmpty();
    }

    @Test
    void areHereBeforeAMigrationRuns() {
        PostgresPluginDatabase other = new PostgresPluginDatabase(elsewhere, there);
        Migration slow = Migration.expand(3, "slow", "SELECT pg_sleep(3); SELECT 1 / 0");
        Thread start = new Thread(() -> other.migrate(Plugins.identity("shop"), List.of(ITEMS, MORE, slow), Reach.ALL));
        start.start();

        awaitRows("shop 1.0.0 there");
        assertThat(start.isAlive()).isTrue();
        // what failed will not run
        awaitRows("");
        await().until(() -> !start.isAlive());
    }

    @Test
    void stayForWhatWasMigratedAndIsAboutToStart() throws SQLException {
        PostgresPluginDatabase other = new PostgresPluginDatabase(elsewhere, there);

        assertThat(other.migrate(Plugins.identity("shop"), List.of(ITEMS, MORE), Reach.ALL))
                .isEqualTo(new Outcome.Migrated(0, 0));
        assertThat(rows()).isEqualTo("shop 1.0.0 there");

        PluginDataSources sources = new PluginDataSources(elsewhere, there);
        Offer<?> offer = sources.forPlugin(Plugins.scope("shop")).get(0);
        await().during(LEASE.plusSeconds(1)).atMost(Duration.ofSeconds(20)).until(() -> here.elsewhere(SHOP)
                .isPresent());
        offer.close().run();
        awaitRows("");
    }

    private static void refused(Runnable order) {
        assertThatThrownBy(order::run)
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessage("Plugin shop 1.0.0 runs on node there. Stop it there; a node that was killed is forgotten"
                        + " within 2 s. Nothing was changed.");
    }

    private String rows() throws SQLException {
        return database.text("SELECT coalesce(string_agg(plugin_id || ' ' || version || ' ' || node, ','), '')"
                + " FROM mortise.running_plugin WHERE node <> 'here'");
    }

    private void awaitRows(String all) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rows()).isEqualTo(all));
    }
}
