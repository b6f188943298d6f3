// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.TokenStore.StoredToken;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTokenStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private TestDatabase database;
    private PostgresTokenStore store;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        store = new PostgresTokenStore(database.opened());
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        database.close();
    }

    @Test
    void findsWhatWasStored() {
        StoredToken token = new StoredToken(
                "t1",
                "a".repeat(64),
                "plugin",
                Optional.of("reports"),
                Optional.of("default"),
                NOON,
                Optional.of(NOON.plusSeconds(60)));

        store.add(token);

        assertThat(store.byHash("a".repeat(64))).contains(token);
        assertThat(store.byHash("b".repeat(64))).isEmpty();
    }

    @Test
    void listsTheNewestFirst() {
        StoredToken old = admin("t1", "a", NOON);
        StoredToken young = admin("t2", "b", NOON.plusSeconds(1));

        store.add(old);
        store.add(young);

        assertThat(store.all()).isEqualTo(List.of(young, old));
    }

    @Test
    void neverFindsARevokedOneAgain() {
        store.add(admin("t1", "a", NOON));

        assertThat(store.revoke("t1")).isTrue();

        assertThat(store.revoke("t1")).isFalse();
        assertThat(store.byHash("a".repeat(64))).isEmpty();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void forgetsThoseThatHaveBeenOverForADay() throws SQLException {
        for (String id : List.of("revoked", "lately", "expired", "good", "kept")) {
            store.add(admin(id, "%x".formatted(id.charAt(0) % 16), NOON));
        }
        database.execute("UPDATE mortise.token SET revoked_at = clock_timestamp() - interval '25 hours',"
                + " expires_at = clock_timestamp() + interval '1 hour' WHERE id = 'revoked'");
        database.execute("UPDATE mortise.token SET revoked_at = clock_timestamp() WHERE id = 'lately'");
        database.execute(
                "UPDATE mortise.token SET expires_at = clock_timestamp() - interval '2 days' WHERE id = 'expired'");
        database.execute(
                "UPDATE mortise.token SET expires_at = clock_timestamp() + interval '1 hour' WHERE id = 'good'");

        store.add(admin("next", "f", NOON));

        assertThat(store.all()).extracting(StoredToken::id).containsExactlyInAnyOrder("good", "kept", "next");
        database.execute("UPDATE mortise.token SET revoked_at = NULL WHERE id IN ('lately', 'revoked', 'expired')");
        assertThat(store.all()).extracting(StoredToken::id).containsExactlyInAnyOrder("good", "kept", "next", "lately");
    }

    @Test
    void saysThatTheDatabaseIsAwayInsteadOfThatTheTokenIsUnknown() {
        database.opened().close();

        assertThatThrownBy(() -> store.byHash("a".repeat(64)))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    private static StoredToken admin(String id, String letter, Instant at) {
        return new StoredToken(
                id, letter.repeat(64), "admin", Optional.empty(), Optional.empty(), at, Optional.empty());
    }
}
