// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.data.SharedFixture.Node;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Found;
import dev.mortise.kernel.port.SharedDataStore.Nothing;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How values in the database expire, go, and are bounded. */
class SharedLifeTest {
    private static final Space ACME = new Space(new TenantId("acme"), "shop.rates");
    private static final Optional<String> SHOP = Optional.of("shop");
    private static final SharedLimits SMALL =
            new SharedLimits(1 << 20, 5, 100, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMillis(50), 3);

    private SharedFixture fixture;

    @BeforeEach
    void open() throws SQLException {
        fixture = new SharedFixture(TestServer.embedded(), SMALL);
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    /** The server's clock is asked before and after each look: what was answered after the end was not to be answered. */
    @Test
    void isNeverReadAfterItsEndByTheServersClock() throws Exception {
        try (Connection beside = TestServer.connect(fixture.database.server())) {
            for (int i = 0; i < 20; i++) {
                set("eur", "1", Optional.of(Duration.ofMillis(30)));
                Instant end = time(beside, "SELECT expires_at FROM mortise.shared_data WHERE key = 'eur'");
                Found found;
                do {
                    Instant before = now(beside);
                    found = fixture.store().get(ACME.key("eur"), SHOP);
                    if (!before.isBefore(end)) {
                        assertThat(found).isEqualTo(new Nothing());
                    }
                } while (found instanceof Stored);
                assertThat(now(beside)).isAfterOrEqualTo(end);
            }
        }
    }

    @Test
    void deletesInBatchesWhatHasExpiredAndNothingElse() throws Exception {
        fixture.database.execute("""
                INSERT INTO mortise.shared_data
                    (tenant_id, namespace, key, owner_id, value, bytes, version, revision, expires_at)
                SELECT 'acme', 'n', 'k' || i, 'shop', '1', 1, 1, i,
                       CASE WHEN i <= 2500 THEN clock_timestamp() WHEN i <= 2600 THEN clock_timestamp() + interval '1 h' END
                  FROM generate_series(1, 2700) AS i
                """);

        assertThat(fixture.parts.sweep().sweep()).isEqualTo(2_500);

        assertThat(fixture.database.text("SELECT count(*) FROM mortise.shared_data"))
                .isEqualTo("200");
        assertThat(fixture.parts.sweep().owners()).containsEntry("shop", new SharedQuota.Usage(200, 200));
    }

    @Test
    void isSweptByOneNodeInATurn() throws Exception {
        try (Node other = fixture.node(SMALL)) {
            fixture.parts.sweep().sweep();
            assertThat(fixture.parts.sweep().owners()).isEmpty();
            set("eur", "1", Optional.empty());
            fixture.database.execute("UPDATE mortise.shared_data SET expires_at = clock_timestamp()");

            assertThat(other.parts().sweep().sweep()).isZero();
            assertThat(fixture.parts.sweep().sweep()).isZero();

            fixture.database.execute("UPDATE mortise.shared_data_sweep SET next_at = clock_timestamp()");
            assertThat(other.parts().sweep().sweep()).isEqualTo(1);
        }
    }

    @Test
    void asksAnIndexForWhatHasExpiredAndForWhatAPluginHas() throws Exception {
        String plan = fixture.database.opened().call("asking", connection -> {
            Sql.execute(connection, "SET enable_seqscan = off");
            String swept = String.join(
                    "\n", Sql.list(connection, row -> row.getString(1), "EXPLAIN " + SharedSql.SWEEP, 1_000));
            String used = String.join(
                    "\n", Sql.list(connection, row -> row.getString(1), "EXPLAIN " + SharedSql.USAGE, "acme", "shop"));
            return swept + used;
        });

        assertThat(plan).contains("shared_data_expires_at").contains("shared_data_owner");
    }

    @Test
    void refusesAKeyTooMuchUntilOneGoes() {
        for (int i = 1; i <= 5; i++) {
            assertThat(set("k" + i, "1", Optional.empty())).isInstanceOf(Done.class);
        }

        assertThat(set("k6", "1", Optional.empty())).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(refused.detail())
                    .isEqualTo("Plugin 'shop' has all the shared data that it may have for tenant 'acme': 5 keys."
                            + " Delete some, or raise 'shared.keys.max' in etc/data.properties.");
        });
        assertThat(fixture.store().increment(ACME.key("k6"), "shop", 1, Optional.empty()))
                .isInstanceOf(Refused.class);
        assertThat(fixture.store().get(ACME.key("k6"), SHOP)).isEqualTo(new Nothing());
        assertThat(set("k5", "2", Optional.empty())).isEqualTo(new Done(2, "2"));
        fixture.store().delete(ACME.key("k1"), SHOP);
        assertThat(set("k6", "1", Optional.empty())).isEqualTo(new Done(1, "1"));
        assertThat(fixture.store().set(ACME.key("other"), new Write("crm", "1", Optional.empty())))
                .isEqualTo(new Done(1, "1"));
        assertThat(fixture.store()
                        .set(new Space(new TenantId("beta"), "n").key("k"), new Write("shop", "1", Optional.empty())))
                .isEqualTo(new Done(1, "1"));
    }

    @Test
    void refusesBytesTooManyButNotLess() {
        String half = "\"" + "x".repeat(48) + "\"";
        set("a", half, Optional.empty());
        set("b", half, Optional.empty());

        assertThat(set("c", "1", Optional.empty()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(set("b", "1", Optional.empty())).isEqualTo(new Done(2, "1"));
        assertThat(set("c", "1", Optional.empty())).isEqualTo(new Done(1, "1"));
    }

    @Test
    void countsWhatHasExpiredForNobody() throws SQLException {
        for (int i = 1; i <= 5; i++) {
            set("k" + i, "1", Optional.of(Duration.ofHours(1)));
        }
        fixture.database.execute("UPDATE mortise.shared_data SET expires_at = clock_timestamp()");

        assertThat(set("k6", "1", Optional.empty())).isEqualTo(new Done(1, "1"));
    }

    @Test
    void keepsWhoMayReadWhenTheOwnerGoesAndAfterAFailedUpdate() {
        SharedReaders readers = fixture.parts.readers();
        SharedReaders.Declared first = readers.begin(Plugins.narrowing("shop", ACME.namespace(), Set.of("crm")));
        set("eur", "1", Optional.empty());
        assertThat(read("crm")).isInstanceOf(Stored.class);
        assertThat(read("reports")).isInstanceOf(Refused.class);

        SharedReaders.Declared next = readers.begin(Plugins.narrowing("shop", ACME.namespace(), Set.of("reports")));
        readers.record();
        assertThat(read("crm")).isInstanceOf(Refused.class);
        assertThat(read("reports")).isInstanceOf(Stored.class);

        assertThat(readers.end(next)).isFalse();
        readers.record();
        assertThat(read("reports")).isInstanceOf(Refused.class);

        assertThat(readers.end(first)).isTrue();
        readers.record();
        assertThat(read("reports")).isInstanceOf(Refused.class);

        readers.begin(Plugins.scope("shop").manifest());
        readers.record();
        assertThat(read("reports")).isInstanceOf(Stored.class);
    }

    @Test
    void goesWithItsTenantAndComesForNoUnknownOne() throws SQLException {
        set("eur", "1", Optional.empty());
        fixture.database.execute("DELETE FROM mortise.tenant WHERE id = 'acme'");

        assertThat(fixture.database.text("SELECT count(*) FROM mortise.shared_data"))
                .isEqualTo("0");
        assertThatThrownBy(() -> set("eur", "1", Optional.empty()))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void saysThatTheDatabaseIsAway() throws SQLException {
        fixture.parts.stop();

        assertThatThrownBy(() -> read("shop")).isInstanceOfSatisfying(MortiseException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    private Outcome set(String key, String json, Optional<Duration> ttl) {
        return fixture.store().set(ACME.key(key), new Write("shop", json, ttl));
    }

    private Found read(String reader) {
        return fixture.store().get(ACME.key("eur"), Optional.of(reader));
    }

    private static Instant now(Connection connection) throws SQLException {
        return time(connection, "SELECT clock_timestamp()");
    }

    private static Instant time(Connection connection, String question) throws SQLException {
        return Sql.first(
                        connection,
                        row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        question)
                .orElseThrow();
    }
}
