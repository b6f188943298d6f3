// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore.Decided;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresInstallationsTest {
    private static final PluginId SHOP = new PluginId("shop");
    private static final Decided OFF =
            new Decided(false, RuntimeState.STOPPED, "Disabled.", Instant.parse("2026-01-01T00:00:00Z"), Set.of());
    private static final Decided ON = new Decided(true, RuntimeState.READY, "", Instant.EPOCH, Set.of());

    private TestDatabase database;
    private PostgresInstallations installations;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        installations = new PostgresInstallations(database.opened(), Duration.ofMillis(200));
    }

    @AfterEach
    void close() throws SQLException {
        installations.stop();
        database.close();
    }

    private Optional<Decided> known() {
        return Optional.ofNullable(
                installations.decided().getOrDefault(TenantId.DEFAULT, Map.of()).get(SHOP));
    }

    private void decide(Decided next) {
        assertThat(installations.decide(TenantId.DEFAULT, SHOP, known(), next)).isTrue();
    }

    @Test
    void knowsWhatWasDecidedAtOnce() {
        decide(OFF);

        assertThat(installations.decided()).isEqualTo(Map.of(TenantId.DEFAULT, Map.of(SHOP, OFF)));
    }

    @Test
    void knowsItAfterARestart() {
        decide(OFF);
        PostgresInstallations next = new PostgresInstallations(database.opened(), Duration.ofMinutes(1));
        try {
            assertThat(next.decided()).isEqualTo(installations.decided());
        } finally {
            next.stop();
        }
    }

    @Test
    void keepsConfigAndCredentialsWhenADecisionChanges() throws SQLException {
        decide(OFF);
        database.execute("UPDATE mortise.plugin_instance SET config = '{\"a\":1}', auth_state = '{\"b\":2}'");

        decide(ON);

        assertThat(database.text("SELECT enabled || ' ' || config || ' ' || auth_state FROM mortise.plugin_instance"))
                .isEqualTo("true {\"a\": 1} {\"b\": 2}");
    }

    @Test
    void isTheSameObjectUntilSomethingChanges() {
        decide(OFF);
        Map<TenantId, Map<PluginId, Decided>> before = installations.decided();

        decide(OFF);

        assertThat(installations.decided()).isSameAs(before);
    }

    @Test
    void noticesWhatAnotherContainerDecides() throws SQLException {
        database.execute("INSERT INTO mortise.plugin_instance (tenant_id, plugin_id, enabled)"
                + " VALUES ('default', 'shop', true)");

        await().atMost(Duration.ofSeconds(5))
                .until(() -> !installations.decided().isEmpty());
    }

    @Test
    void refusesATenantThatIsNotThere() {
        assertThatThrownBy(() -> installations.decide(new TenantId("nobody"), SHOP, Optional.empty(), OFF))
                .isInstanceOf(MortiseException.class)
                .hasMessage("There is no tenant 'nobody'.");
    }

    @Test
    void decidesNothingInPlaceOfWhatAnotherNodeDecided() throws SQLException {
        try (PooledDatabase other = TestDatabase.open(database.server())) {
            PostgresInstallations there = new PostgresInstallations(other, Duration.ofMinutes(10));
            try {
                assertThat(there.decide(TenantId.DEFAULT, SHOP, Optional.empty(), OFF))
                        .isTrue();
                assertThat(installations.decide(TenantId.DEFAULT, SHOP, Optional.empty(), ON))
                        .isFalse();
                installations.refresh();
                decide(ON);
                assertThat(there.decide(TenantId.DEFAULT, SHOP, Optional.of(OFF), OFF))
                        .isFalse();
                assertThat(known()).contains(ON);
            } finally {
                there.stop();
            }
        }
    }

    @Test
    void withholdsOneByOneAndLeavesTheRest() throws SQLException {
        try (PooledDatabase other = TestDatabase.open(database.server())) {
            PostgresInstallations there = new PostgresInstallations(other, Duration.ofMinutes(10));
            try {
                decide(OFF);
                there.withhold(TenantId.DEFAULT, SHOP, "a", true, ON);
                installations.withhold(TenantId.DEFAULT, SHOP, "b", true, ON);
                there.withhold(TenantId.DEFAULT, SHOP, "b", true, ON);
                there.withhold(TenantId.DEFAULT, SHOP, "a", false, ON);
                installations.decide(TenantId.DEFAULT, SHOP, Optional.of(OFF), ON);

                assertThat(known().map(Decided::withheld)).contains(Set.of("b"));
                assertThat(known().map(Decided::enabled)).contains(true);
            } finally {
                there.stop();
            }
        }
    }

    @Test
    void withholdsWhereNothingWasDecided() {
        installations.withhold(TenantId.DEFAULT, SHOP, "a", true, ON);
        assertThat(known().map(Decided::withheld)).contains(Set.of("a"));
        assertThat(known().map(Decided::enabled)).contains(true);
        assertThatThrownBy(() -> installations.withhold(new TenantId("nobody"), SHOP, "a", true, ON))
                .hasMessage("There is no tenant 'nobody'.");
    }

    @Test
    void tellsWhatAnotherNodeDecidedAndNotWhatItDecidedItself() throws SQLException {
        List<String> heard = new CopyOnWriteArrayList<>();
        installations.listen((tenant, plugin, before, now) ->
                heard.add(tenant + " " + plugin + " " + before.map(Decided::enabled) + " " + now.enabled()));
        decide(ON);

        database.execute("UPDATE mortise.plugin_instance SET enabled = false");

        await().until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("default shop Optional[true] false");
    }

    @Test
    void tellsWhatAnotherNodeDecidedRightBeforeItsOwnWrite() throws SQLException {
        List<String> heard = new CopyOnWriteArrayList<>();
        installations.stop();
        installations = new PostgresInstallations(database.opened(), Duration.ofMinutes(10));
        installations.listen((tenant, plugin, before, now) -> heard.add(before.map(Decided::enabled) + " "
                + before.map(Decided::withheld) + " " + now.enabled() + " " + now.withheld()));
        decide(ON);

        database.execute("UPDATE mortise.plugin_instance SET enabled = false");
        installations.withhold(TenantId.DEFAULT, SHOP, "a", true, ON);
        database.execute("UPDATE mortise.plugin_instance SET enabled = true");
        assertThat(installations.decide(TenantId.DEFAULT, SHOP, known(), OFF)).isFalse();

        assertThat(heard)
                .containsExactly("Optional[true] Optional[[a]] false [a]", "Optional[false] Optional[[a]] true [a]");
    }
}
