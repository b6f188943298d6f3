// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.OAuthStore.Claim;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Life;
import dev.mortise.kernel.port.OAuthStore.Request;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.OAuthStore.Tokens;
import dev.mortise.kernel.port.OAuthStore.Trouble;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.testkit.call.TestJson;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresOAuthTest {
    private static final Place PLACE = new Place(TenantId.DEFAULT, new PluginId("shop"));
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Life LONG = new Life(Duration.ofHours(1), Duration.ofMinutes(55));
    private static final Life DUE = new Life(Duration.ofHours(1), Duration.ZERO);
    private static final String STATE = "a".repeat(43);

    private TestDatabase database;
    private PostgresOAuth store;
    private PostgresSettings settings;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        store = new PostgresOAuth(database.opened(), MINUTE, 1 << 20);
        settings = new PostgresSettings(database.opened(), TestJson.factory().exact(), MINUTE, MINUTE, 1 << 20);
        give(Optional.of(new AuthState("oauth", Map.of(), Optional.empty())));
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private void give(Optional<AuthState> auth) {
        settings.put(PLACE, settings.read(PLACE), new Settings(Map.of(), Map.of(), auth), true);
    }

    private static Tokens tokens(String access, Optional<String> refresh, Life life) {
        return new Tokens(access, refresh, List.of("read", "write"), Optional.of(life));
    }

    private void put(Life life) {
        assertThat(store.put(PLACE, "oauth", tokens("a1", Optional.of("r1"), life)))
                .isTrue();
    }

    private Grant read() {
        return store.read(PLACE).orElseThrow().grant();
    }

    @Test
    void keepsTokensWithTimesOfTheServer() {
        put(LONG);

        Seen seen = store.find(PLACE).orElseThrow();
        Grant grant = seen.grant();
        assertThat(grant).extracting(Grant::methodId, Grant::access).containsExactly("oauth", "a1");
        assertThat(grant.refresh()).contains("r1");
        assertThat(grant.scopes()).containsExactly("read", "write");
        assertThat(Duration.between(grant.renewedAt(), grant.expiresAt().orElseThrow()))
                .isCloseTo(LONG.good(), Duration.ofMinutes(1));
        assertThat(Duration.between(
                        grant.refreshAt().orElseThrow(), grant.expiresAt().orElseThrow()))
                .isCloseTo(Duration.ofMinutes(5), Duration.ofSeconds(1));
        assertThat(store.find(PLACE).orElseThrow().now()).isAfter(seen.now());
    }

    @Test
    void keepsTokensThatLastForEver() {
        store.put(PLACE, "oauth", new Tokens("a", Optional.empty(), List.of(), Optional.empty()));

        assertThat(read())
                .extracting(Grant::expiresAt, Grant::refreshAt, Grant::refresh)
                .containsOnly(Optional.empty());
        assertThat(store.claim(PLACE, MINUTE)).isEmpty();
    }

    @Test
    void letsOneOfManyRenew() throws Exception {
        put(DUE);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Optional<Claim>> claiming = () -> store.claim(PLACE, MINUTE);
            List<Future<Optional<Claim>>> claims = threads.invokeAll(Collections.nCopies(8, claiming));
            int won = 0;
            for (Future<Optional<Claim>> claim : claims) {
                won += claim.get().isPresent() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void letsNobodyRenewWhatIsNotDue() {
        put(LONG);
        assertThat(store.claim(PLACE, MINUTE)).isEmpty();
    }

    @Test
    void letsAnotherRenewWhenTheClaimIsOldAndKeepsWhatComesFirst() {
        put(DUE);
        Claim first = store.claim(PLACE, Duration.ZERO).orElseThrow();
        Claim second = store.claim(PLACE, MINUTE).orElseThrow();

        assertThat(store.renewed(PLACE, first, tokens("a2", Optional.empty(), LONG)))
                .isTrue();
        assertThat(store.renewed(PLACE, second, tokens("later", Optional.empty(), LONG)))
                .isFalse();
        assertThat(store.failed(PLACE, second, "invalid_grant", Optional.empty()))
                .isFalse();

        assertThat(read().access()).isEqualTo("a2");
        assertThat(read().trouble()).isEmpty();
        assertThat(store.find(PLACE).orElseThrow().grant()).isEqualTo(read());
    }

    /** The server has replaced the refresh token by then, and refuses whoever claims later. */
    @Test
    void keepsWhatComesLateThoughAnotherFailedAndItWasSealedAnew() {
        put(DUE);
        Claim claim = store.claim(PLACE, Duration.ZERO).orElseThrow();
        store.failed(PLACE, store.claim(PLACE, MINUTE).orElseThrow(), "invalid_grant", Optional.empty());
        store.replace(PLACE, read(), read().sealed("a1-anew", Optional.of("r1-anew")));

        assertThat(store.renewed(PLACE, claim, tokens("a2", Optional.of("r2"), LONG)))
                .isTrue();

        assertThat(read().refresh()).contains("r2");
        assertThat(read().trouble()).isEmpty();
    }

    @Test
    void keepsTheOldRefreshTokenUnlessANewOneCame() {
        put(DUE);
        store.renewed(PLACE, store.claim(PLACE, MINUTE).orElseThrow(), tokens("a2", Optional.empty(), DUE));
        assertThat(read().refresh()).contains("r1");

        store.renewed(PLACE, store.claim(PLACE, MINUTE).orElseThrow(), tokens("a3", Optional.of("r3"), DUE));
        assertThat(read().refresh()).contains("r3");
    }

    @Test
    void remembersWhyItFailedAndKeepsTheTokens() {
        put(DUE);
        store.failed(PLACE, store.claim(PLACE, MINUTE).orElseThrow(), "Down.", Optional.of(MINUTE));

        Trouble trouble = read().trouble().orElseThrow();
        assertThat(trouble.sentence()).isEqualTo("Down.");
        assertThat(Duration.between(trouble.at(), trouble.retryAt().orElseThrow()))
                .isCloseTo(MINUTE, Duration.ofSeconds(1));
        assertThat(read().refresh()).contains("r1");
        assertThat(store.claim(PLACE, MINUTE)).isEmpty();
    }

    @Test
    void triesAgainOnlyWhereThatCanHelp() {
        put(DUE);
        store.failed(PLACE, store.claim(PLACE, MINUTE).orElseThrow(), "Down.", Optional.of(Duration.ZERO));
        Claim again = store.claim(PLACE, MINUTE).orElseThrow();
        store.failed(PLACE, again, "Lost.", Optional.empty());

        assertThat(store.claim(PLACE, MINUTE)).isEmpty();
        put(DUE);
        assertThat(read().trouble()).isEmpty();
        assertThat(store.claim(PLACE, MINUTE)).isPresent();
    }

    @Test
    void hearsNobodyWhoseTokensWereReplacedOrDeleted() {
        put(DUE);
        Claim replaced = store.claim(PLACE, MINUTE).orElseThrow();
        put(DUE);
        Claim deleted = store.claim(PLACE, MINUTE).orElseThrow();

        assertThat(store.renewed(PLACE, replaced, tokens("x", Optional.empty(), LONG)))
                .isFalse();
        give(Optional.empty());
        assertThat(store.delete(PLACE)).contains(deleted.grant());
        assertThat(store.renewed(PLACE, deleted, tokens("x", Optional.empty(), LONG)))
                .isFalse();
        assertThat(store.find(PLACE)).isEmpty();
        assertThat(store.delete(PLACE)).isEmpty();
    }

    @Test
    void listsPlacesAndReplacesEnvelopesUnlessTheyChanged() {
        put(LONG);
        Grant found = read();

        assertThat(store.places(Optional.empty(), 5)).containsExactly(PLACE);
        assertThat(store.places(Optional.of(PLACE), 5)).isEmpty();
        assertThat(store.replace(PLACE, found, found.sealed("a9", Optional.of("r9"))))
                .isTrue();
        assertThat(read()).isEqualTo(found.sealed("a9", Optional.of("r9")));
        assertThat(store.replace(PLACE, found, found)).isFalse();
    }

    @Test
    void givesARequestOnceAndToWhoBeganIt() {
        Request request = request("acme".repeat(2));
        store.begin(request, MINUTE, 5);

        assertThat(store.take(STATE, PLACE, "another")).isEmpty();
        assertThat(store.take(STATE, new Place(TenantId.DEFAULT, new PluginId("other")), request.caller()))
                .isEmpty();
        assertThat(store.take("b".repeat(43), PLACE, request.caller())).isEmpty();
        assertThat(store.take(STATE, PLACE, request.caller())).contains(request);
        assertThat(store.take(STATE, PLACE, request.caller())).isEmpty();
    }

    @Test
    void givesNoRequestThatIsTooOld() {
        store.begin(request("me"), Duration.ZERO, 1);

        assertThat(store.take(STATE, PLACE, "me")).isEmpty();
        store.begin(request("me"), MINUTE, 1);
        assertThatThrownBy(() -> store.begin(request("me"), MINUTE, 1))
                .isInstanceOf(MortiseException.class)
                .hasMessageContaining("1 requests to connect plugin 'shop' of tenant 'default' are under way");
    }

    private static Request request(String caller) {
        return new Request(STATE, PLACE, "oauth", caller, "https://b", "v1.k.v");
    }

    @Test
    void goesWithTheTenantAndWithWhatItGave() throws SQLException {
        put(LONG);
        database.execute("DELETE FROM mortise.plugin_instance");

        assertThat(store.read(PLACE)).isEmpty();
    }

    @Test
    void keepsTokensOfTheMethodThatIsInPlaceAndNoOthers() {
        put(LONG);
        assertThat(store.delete(PLACE)).as("of the method in place").isEmpty();

        give(Optional.of(new AuthState("key", Map.of(), Optional.empty())));
        assertThat(store.put(PLACE, "oauth", tokens("late", Optional.empty(), LONG)))
                .isFalse();
        assertThat(store.delete(PLACE)).map(Grant::access).contains("a1");
    }
}
