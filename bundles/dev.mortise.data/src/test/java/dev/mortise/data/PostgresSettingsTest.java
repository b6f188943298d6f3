// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Kept;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.testkit.call.TestJson;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresSettingsTest {
    private static final PluginId SHOP = new PluginId("shop");
    private static final Place PLACE = new Place(TenantId.DEFAULT, SHOP);
    private static final Settings GIVEN = new Settings(
            Map.of("currency", "EUR", "rounds", 0, "free", Map.of("a", Arrays.asList(1, null))),
            Map.of("secret", "v1.k.s"),
            Optional.of(new AuthState(
                    "key", Map.of("apiKey", "v1.k.c"), Optional.of(Instant.parse("2026-01-01T00:00:00Z")))));

    private TestDatabase database;
    private PostgresSettings settings;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        settings = store(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private PostgresSettings store(Duration fresh) {
        return new PostgresSettings(database.opened(), TestJson.factory().exact(), fresh, fresh, 1 << 20);
    }

    private void put(Place place, Settings given, boolean enabled) {
        assertThat(settings.put(place, settings.read(place), given, enabled)).isTrue();
    }

    @Test
    void knowsWhatWasPutAtOnceAndAfterARestart() {
        assertThat(settings.find(TenantId.DEFAULT, SHOP)).isEqualTo(Settings.NONE);

        put(PLACE, GIVEN, true);

        assertThat(settings.find(TenantId.DEFAULT, SHOP)).isEqualTo(GIVEN);
        assertThat(store(Duration.ofMinutes(1)).find(TenantId.DEFAULT, SHOP)).isEqualTo(GIVEN);
    }

    @Test
    void replacesAllThatWasThere() {
        put(PLACE, GIVEN, true);

        put(PLACE, Settings.NONE, true);

        assertThat(settings.find(TenantId.DEFAULT, SHOP)).isEqualTo(Settings.NONE);
    }

    @Test
    void hearsOfWhatAnotherNodePut() {
        PostgresSettings here = store(Duration.ofMillis(100));
        here.find(TenantId.DEFAULT, SHOP);

        put(PLACE, GIVEN, true);

        await().untilAsserted(
                        () -> assertThat(here.find(TenantId.DEFAULT, SHOP)).isEqualTo(GIVEN));
    }

    @Test
    void keepsWhatIsDecidedNowWhereNothingWasDecided() throws SQLException {
        put(PLACE, GIVEN, false);

        assertThat(database.text("SELECT enabled || ' ' || runtime_state FROM mortise.plugin_instance"))
                .isEqualTo("false stopped");
    }

    @Test
    void leavesAloneWhatWasDecidedAndIsLeftAloneByDecisions() throws SQLException {
        PostgresInstallations installations = new PostgresInstallations(database.opened(), Duration.ofMinutes(1));
        try {
            Decided off = new Decided(false, RuntimeState.STOPPED, "Off.", Instant.EPOCH, Set.of());
            installations.decide(TenantId.DEFAULT, SHOP, Optional.empty(), off);
            put(PLACE, GIVEN, true);
            installations.decide(TenantId.DEFAULT, SHOP, Optional.of(off), off);

            assertThat(installations.decided().get(TenantId.DEFAULT)).isEqualTo(Map.of(SHOP, off));
            assertThat(settings.read(PLACE).settings()).isEqualTo(GIVEN);
        } finally {
            installations.stop();
        }
    }

    @Test
    void refusesATenantThatIsNotThere() {
        assertThatThrownBy(() -> put(new Place(new TenantId("nobody"), SHOP), GIVEN, true))
                .isInstanceOf(MortiseException.class)
                .hasMessage("There is no tenant 'nobody'.");
    }

    @Test
    void listsPlacesInBatches() throws SQLException {
        PluginId other = new PluginId("other");
        put(PLACE, GIVEN, true);
        put(new Place(TenantId.DEFAULT, other), GIVEN, true);

        List<Place> first = settings.places(Optional.empty(), 1);
        assertThat(first).containsExactly(new Place(TenantId.DEFAULT, other));
        assertThat(settings.places(Optional.of(first.get(0)), 5)).containsExactly(PLACE);
        assertThat(settings.places(Optional.of(PLACE), 5)).isEmpty();
    }

    @Test
    void replacesEnvelopesUnlessTheyChangedMeanwhile() {
        put(PLACE, GIVEN, true);
        Settings anew = new Settings(
                GIVEN.values(),
                Map.of("secret", "v1.n.s"),
                GIVEN.auth().map(auth -> new AuthState("key", Map.of("apiKey", "v1.n.c"), auth.validatedAt())));

        assertThat(settings.replace(PLACE, GIVEN, anew)).isTrue();
        assertThat(settings.find(TenantId.DEFAULT, SHOP)).isEqualTo(anew);
        assertThat(settings.replace(PLACE, GIVEN, anew)).isFalse();
    }

    @Test
    void replacesEnvelopesWhereThereAreNoCredentials() {
        Settings plain = new Settings(Map.of(), Map.of("secret", "v1.k.s"), Optional.empty());
        put(PLACE, plain, true);
        Settings anew = new Settings(Map.of(), Map.of("secret", "v1.n.s"), Optional.empty());

        assertThat(settings.replace(PLACE, plain, anew)).isTrue();
        assertThat(settings.read(PLACE).settings()).isEqualTo(anew);
    }

    @Test
    void putsNothingInPlaceOfWhatAnotherNodePut() throws SQLException {
        try (PooledDatabase other = TestDatabase.open(database.server())) {
            PostgresSettings there = new PostgresSettings(
                    other, TestJson.factory().exact(), Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 20);
            Kept nothing = settings.read(PLACE);
            Settings theirs = new Settings(Map.of("currency", "USD"), Map.of(), Optional.empty());

            assertThat(there.put(PLACE, nothing, theirs, true)).isTrue();
            assertThat(settings.put(PLACE, nothing, GIVEN, true)).isFalse();
            Kept first = settings.read(PLACE);
            assertThat(settings.put(PLACE, first, GIVEN, true)).isTrue();
            assertThat(there.put(PLACE, first, theirs, true)).isFalse();

            assertThat(settings.read(PLACE).settings()).isEqualTo(GIVEN);
        }
    }

    @Test
    void putsNothingInPlaceOfWhatWasSealedAnewMeanwhile() {
        put(PLACE, GIVEN, true);
        Kept read = settings.read(PLACE);
        Settings anew = new Settings(GIVEN.values(), Map.of("secret", "v1.n.s"), GIVEN.auth());
        settings.replace(PLACE, GIVEN, anew);

        assertThat(settings.put(PLACE, read, GIVEN, true)).isFalse();
        assertThat(settings.read(PLACE).settings()).isEqualTo(anew);
    }

    @Test
    void takesNoRowForOneThatWasThereBefore() throws SQLException {
        put(PLACE, GIVEN, true);
        Kept old = settings.read(PLACE);
        database.execute("DELETE FROM mortise.plugin_instance");
        put(PLACE, Settings.NONE, true);

        assertThat(settings.put(PLACE, old, GIVEN, true)).isFalse();
    }

    @Test
    void marksCredentialsAsGoodUnlessOthersCame() {
        put(PLACE, GIVEN, true);
        AuthState judged = GIVEN.auth().orElseThrow();
        Instant at = Instant.parse("2026-02-02T00:00:00Z");

        assertThat(settings.validated(PLACE, judged, at)).isTrue();
        Settings now = settings.find(TenantId.DEFAULT, SHOP);
        assertThat(now.auth().orElseThrow().validatedAt()).contains(at);
        assertThat(now.values()).isEqualTo(GIVEN.values());

        AuthState others = new AuthState("key", Map.of("apiKey", "v1.k.other"), Optional.empty());
        put(PLACE, new Settings(GIVEN.values(), GIVEN.secrets(), Optional.of(others)), true);
        assertThat(settings.validated(PLACE, judged, at)).isFalse();
        assertThat(settings.find(TenantId.DEFAULT, SHOP).auth()).contains(others);
    }

    @Test
    void forgetsWhatItRemembersOfAPlugin() throws SQLException {
        put(PLACE, GIVEN, true);
        settings.find(TenantId.DEFAULT, SHOP);
        database.execute("DELETE FROM mortise.plugin_instance");
        assertThat(settings.find(TenantId.DEFAULT, SHOP)).isEqualTo(GIVEN);

        settings.forget(new PluginId("other"));
        assertThat(settings.find(TenantId.DEFAULT, SHOP)).isEqualTo(GIVEN);
        settings.forget(SHOP);
        assertThat(settings.find(TenantId.DEFAULT, SHOP)).isEqualTo(Settings.NONE);
    }

    @Test
    void tellsWhatAnotherNodeKeptAndNotWhatItKeptItself() throws SQLException {
        List<String> heard = new CopyOnWriteArrayList<>();
        PostgresSettings here = store(Duration.ofMillis(100));
        here.listen((place, config, credentials) -> heard.add(place.plugin() + " " + config + " " + credentials + " "
                + read(here).values()));
        try (PooledDatabase other = TestDatabase.open(database.server())) {
            PostgresSettings there = new PostgresSettings(
                    other, TestJson.factory().exact(), Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 20);
            Settings plain = new Settings(Map.of("currency", "EUR"), Map.of(), Optional.empty());

            there.put(PLACE, there.read(PLACE), plain, true);
            await().until(() -> heard.contains("shop true false {currency=EUR}"));
            here.put(PLACE, here.read(PLACE), GIVEN, true);
            there.replace(PLACE, GIVEN, GIVEN);
            there.put(PLACE, there.read(PLACE), new Settings(Map.of(), Map.of(), Optional.empty()), true);
            await().until(() -> heard.contains("shop true true {}"));

            assertThat(heard).hasSize(2);
        }
    }

    @Test
    void tellsOthersWhoeverCannotBeToldAndTellsThatAgain() throws SQLException {
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        PostgresSettings here = store(Duration.ofMillis(100));
        here.listen((place, config, credentials) -> {
            if (place.plugin().equals(SHOP) && failures.incrementAndGet() <= 3) {
                throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is not there yet.");
            }
            heard.add(place.plugin() + " " + config + " " + credentials);
        });
        try (PooledDatabase other = TestDatabase.open(database.server())) {
            PostgresSettings there = new PostgresSettings(
                    other, TestJson.factory().exact(), Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 20);
            for (String plugin : List.of("crm", "shop", "zoo")) {
                Place place = new Place(TenantId.DEFAULT, new PluginId(plugin));
                there.put(place, there.read(place), GIVEN, true);
            }
            await().untilAsserted(() ->
                    assertThat(heard).containsExactlyInAnyOrder("crm true true", "shop true true", "zoo true true"));
            await().during(Duration.ofMillis(300)).until(() -> heard.size() == 3);
            assertThat(failures).hasValue(4);
        }
    }

    private static Settings read(PostgresSettings store) {
        return store.find(TenantId.DEFAULT, SHOP);
    }

    @Test
    void keepsNumbersAsTheyAre() {
        BigDecimal exact = new BigDecimal("0.12345678901234567890123");
        put(PLACE, new Settings(Map.of("free", List.of(exact)), Map.of(), Optional.empty()), true);

        assertThat(read(settings).values()).isEqualTo(Map.of("free", List.of(exact)));
    }
}
