// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes again and says how far it had heard misses nothing, and hears little twice. */
class ResumedWatchTest {
    private static final Space ACME = new Space(new TenantId("acme"), "shop.rates");
    private static final Optional<String> NAMESPACE = Optional.empty();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private SharedFixture fixture;

    @BeforeEach
    void open() throws SQLException {
        fixture = new SharedFixture(TestServer.embedded(), SharedLimits.DEFAULT);
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @Test
    void goesOnWhereOneLeftOff() {
        set("a");
        SharedMark seen = leave(() -> set("b"));
        set("c");
        set("a");

        comeAgain(NAMESPACE, seen);
        assertThat(heard).containsExactly("c 1", "a 2");

        heard.clear();
        fixture.store().delete(ACME.key("b"), Optional.of("shop"));
        comeAgain(Optional.of("b"), seen);
        assertThat(heard).contains("b 0 deleted");
    }

    @Test
    void goesOnWhereOneBeganWhoHeardNothing() {
        set("a");
        Watch watch = fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);
        watch.close();
        set("b");

        comeAgain(NAMESPACE, watch.since());

        assertThat(heard).containsExactly("b 1");
    }

    /** A lower revision may be committed later. */
    @Test
    void tellsWhoComesAgainOfWhatWasUnderWayWhenItLeft() throws SQLException {
        set("settled");
        SharedMark seen;
        try (Connection slow = TestServer.connect(fixture.database.server())) {
            slow.setAutoCommit(false);
            Sql.text(slow, SharedSql.SET, "acme", ACME.namespace(), "slow", "shop", "1", 1, null);
            seen = leave(() -> set("quick"));
            slow.commit();
        }

        comeAgain(NAMESPACE, seen);

        assertThat(heard).contains("slow 1").doesNotContain("settled 1");
    }

    @Test
    void tellsOnlyWithTheLastOfALookThatAllOfItWasTold() throws SQLException {
        set("a");
        List<SharedMark> marks = new CopyOnWriteArrayList<>();
        Watch watch = fixture.store()
                .watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), change -> marks.add(change.mark()));
        fixture.database.execute("""
                INSERT INTO mortise.shared_data (tenant_id, namespace, key, owner_id, value, bytes, version, revision)
                SELECT 'acme', 'shop.rates', 'k' || n, 'shop', '1', 1, 1, nextval('mortise.shared_data_revision')
                  FROM generate_series(1, 3) n
                """);
        await().until(() -> marks.size() == 3);
        watch.close();

        comeAgain(NAMESPACE, marks.get(0));
        assertThat(heard).contains("k2 1", "k3 1").doesNotContain("a 1");
        heard.clear();
        comeAgain(NAMESPACE, marks.get(2));
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,0", "9000000000,0", "1,9000000000"})
    void tellsAllToWhoNamesAnOlderIdOrOneOfAnotherServer(long revision, long settled) {
        set("a");
        set("b");

        comeAgain(NAMESPACE, new SharedMark(revision, settled));

        assertThat(heard).containsExactly("a 1", "b 1");
        set("c");
        awaitHeard("a 1", "b 1", "c 1");
    }

    @ParameterizedTest
    @CsvSource({
        "700, 800, 700",
        "799, 800, 799",
        "4294967295, 4294967301, 4294967295",
        "3, 4294967301, 4294967299",
        "700, 8589934692, 4294967996"
    })
    void knowsTheWholeNumberOfATransactionByItsLastBits(long bits, long next, long whole) {
        assertThat(WatchedSpace.whole(bits, next)).isEqualTo(whole);
    }

    /** Answers how far somebody heard who leaves when it has heard of this. */
    private SharedMark leave(Runnable write) {
        List<Change> changes = new CopyOnWriteArrayList<>();
        try (Watch watch = fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), changes::add)) {
            write.run();
            await().until(() -> !changes.isEmpty());
        }
        return changes.get(0).mark();
    }

    private void comeAgain(Optional<String> key, SharedMark seen) {
        fixture.store().watch(ACME, key, Optional.of("crm"), Optional.of(seen), this::hear);
    }

    private void hear(Change change) {
        heard.add(change.key() + " " + change.version() + (change.deleted() ? " deleted" : ""));
    }

    private void awaitHeard(String... all) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(heard).containsExactly(all));
    }

    private void set(String key) {
        fixture.store().set(ACME.key(key), new Write("shop", "1", Optional.empty()));
    }
}
