// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresPlacementsTest {
    private static final PluginId SHOP = new PluginId("shop");
    private static final PluginId CRM = new PluginId("crm");

    private TestDatabase database;
    private PostgresPlacements placements;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        placements = new PostgresPlacements(database.opened(), Duration.ofMillis(100));
    }

    @AfterEach
    void close() throws SQLException {
        placements.stop();
        database.close();
    }

    @Test
    void keepWhereAPluginWasMovedLast() {
        assertThat(placements.decided()).isEmpty();

        placements.decide(SHOP, "worker");
        placements.decide(CRM, "worker");
        placements.decide(SHOP, "bundle");

        assertThat(placements.decided()).isEqualTo(Map.of(SHOP, "bundle", CRM, "worker"));
    }

    @Test
    void areThereAgainAfterARestart() {
        placements.decide(SHOP, "worker");

        PostgresPlacements again = new PostgresPlacements(database.opened(), Duration.ofHours(1));
        try {
            assertThat(again.decided()).isEqualTo(Map.of(SHOP, "worker"));
        } finally {
            again.stop();
        }
    }

    @Test
    void hearOfWhatAnotherNodeDecides() {
        PostgresPlacements elsewhere = new PostgresPlacements(database.opened(), Duration.ofHours(1));
        try {
            elsewhere.decide(SHOP, "worker");

            await().untilAsserted(() -> assertThat(placements.decided()).isEqualTo(Map.of(SHOP, "worker")));
        } finally {
            elsewhere.stop();
        }
    }

    @Test
    void holdWhatTheyKnowWhileTheDatabaseIsAway() {
        placements.decide(SHOP, "worker");
        database.opened().close();

        assertThatThrownBy(() -> placements.decide(SHOP, "bundle")).isInstanceOf(MortiseException.class);
        assertThat(placements.decided()).isEqualTo(Map.of(SHOP, "worker"));
    }
}
