// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.data.SharedFixture.Node;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedWatchesTest {
    private static final Space ACME = new Space(new TenantId("acme"), "shop.rates");
    private static final Space BETA = new Space(new TenantId("beta"), "shop.rates");
    private static final Optional<String> NAMESPACE = Optional.empty();
    private static final SharedLimits LIMITS = new SharedLimits(
            1 << 20, 1_000, 1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMillis(200), 3);
    /** As long as nobody would wait for the next look: what is heard sooner was heard because of the write. */
    private static final SharedLimits RARELY = new SharedLimits(
            1 << 20, 1_000, 1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(10), 3);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private SharedFixture fixture;

    @BeforeEach
    void open() throws SQLException {
        fixture = new SharedFixture(TestServer.embedded(), LIMITS);
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @Test
    void tellsAtOnceOfWhatThisNodeWrites() throws SQLException {
        try (Node node = fixture.node(RARELY)) {
            SharedDataStore store = node.parts().store();
            set(store, ACME, "eur");
            store.watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);

            set(store, ACME, "eur");
            awaitHeard("eur 2");
            store.delete(ACME.key("eur"), Optional.of("shop"));
            awaitHeard("eur 2", "eur 2 deleted");
            store.increment(ACME.key("usd"), "shop", 1, Optional.empty());
            awaitHeard("eur 2", "eur 2 deleted", "usd 1");
        }
    }

    @Test
    void tellsOfWhatOtherNodesWrite() throws SQLException {
        fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);

        try (Node node = fixture.node(LIMITS)) {
            set(node.parts().store(), ACME, "eur");
            awaitHeard("eur 1");
        }
    }

    @Test
    void goesOnAfterSomebodyCouldNotBeTold() {
        fixture.store().watch(ACME, NAMESPACE, Optional.of("erp"), Optional.empty(), change -> {
            throw new NoClassDefFoundError("of whoever listens");
        });
        fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);

        set(fixture.store(), ACME, "eur");
        awaitHeard("eur 1");
        set(fixture.store(), ACME, "usd");
        awaitHeard("eur 1", "usd 1");
    }

    @Test
    void seesAKeyThatWasDeletedAndWrittenAgain() throws SQLException {
        set(fixture.store(), ACME, "eur");
        fixture.store().watch(ACME, Optional.of("eur"), Optional.of("crm"), Optional.empty(), this::hear);

        fixture.database.execute("""
                UPDATE mortise.shared_data SET revision = nextval('mortise.shared_data_revision'), version = 1
                """);

        awaitHeard("eur 1");
    }

    @Test
    void tellsThatAValueExpired() {
        fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);

        fixture.store().set(ACME.key("eur"), new Write("shop", "1", Optional.of(Duration.ofSeconds(2))));

        awaitHeard("eur 1", "eur 1 deleted");
    }

    @Test
    void tellsNothingOfOtherKeysNamespacesAndTenants() {
        fixture.store().watch(ACME, Optional.of("eur"), Optional.of("crm"), Optional.empty(), this::hear);

        set(fixture.store(), BETA, "eur");
        set(fixture.store(), ACME, "usd");
        set(fixture.store(), new Space(ACME.tenant(), "shop"), "eur");
        set(fixture.store(), ACME, "eur");

        awaitHeard("eur 1");
    }

    @Test
    void tellsNothingToWhomTheOwnerKeepsItFrom() {
        fixture.parts.readers().begin(Plugins.narrowing("shop", ACME.namespace(), Set.of("reports")));
        fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);
        fixture.store()
                .watch(ACME, NAMESPACE, Optional.of("reports"), Optional.empty(), change -> heard.add("reports"));

        set(fixture.store(), ACME, "eur");
        awaitHeard("reports");
        fixture.store().delete(ACME.key("eur"), Optional.of("shop"));
        awaitHeard("reports", "reports");
    }

    /** Who comes again from the last id on would else hear once more of all that was written behind what is gone. */
    @Test
    void neverGoesBackWithItsRevisions() {
        List<SharedMark> marks = new CopyOnWriteArrayList<>();
        set(fixture.store(), ACME, "a");
        fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), change -> {
            marks.add(change.mark());
            hear(change);
        });
        set(fixture.store(), ACME, "b");
        awaitHeard("b 1");

        fixture.store().delete(ACME.key("a"), Optional.of("shop"));

        awaitHeard("b 1", "a 1 deleted");
        assertThat(marks).extracting(SharedMark::revision).isSorted();
        assertThat(marks).extracting(SharedMark::settled).isSorted();
        fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.of(marks.get(1)), this::hear);
        set(fixture.store(), ACME, "c");
        awaitHeard("b 1", "a 1 deleted", "c 1", "c 1");
    }

    @Test
    void goesOnAfterTheDatabaseWasAway() throws SQLException {
        fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);

        fixture.database.execute("ALTER TABLE mortise.shared_data RENAME TO away");
        fixture.database.execute("SELECT pg_sleep(0.5)");
        fixture.database.execute("ALTER TABLE mortise.away RENAME TO shared_data");

        set(fixture.store(), ACME, "eur");
        awaitHeard("eur 1");
    }

    @Test
    void tellsNothingMoreWhenItIsClosedAndFreesItsPlace() {
        Watch first = fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);
        for (int i = 0; i < 2; i++) {
            fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), change -> {});
        }
        assertThatThrownBy(() ->
                        fixture.store().watch(ACME, Optional.of("a"), Optional.of("crm"), Optional.empty(), this::hear))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED))
                .hasMessage(
                        "Plugin 'crm' has 3 watches of shared data for tenant 'acme', which is all that it may have."
                                + " Close some, or raise 'shared.watches.max' in etc/data.properties.");
        fixture.store().watch(BETA, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);

        first.close();
        first.close();

        fixture.store()
                .watch(ACME, Optional.of("eur"), Optional.of("crm"), Optional.empty(), change -> heard.add("second"));
        set(fixture.store(), ACME, "eur");
        awaitHeard("second");
        assertThat(first.open()).isFalse();
    }

    @Test
    void endsWithItsTenant() {
        Watch watch = fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);

        fixture.tenants.remove("acme");

        await().until(() -> !watch.open());
        await().until(() -> fixture.parts.watches().count() == 0);
    }

    @Test
    void waitsWhileItsTenantIsSuspendedAndTellsWhatCameOfIt() {
        set(fixture.store(), ACME, "a");
        Watch watch = fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);
        fixture.tenants.suspended("acme");
        await().until(watch::paused);

        set(fixture.store(), ACME, "eur");
        fixture.store().delete(ACME.key("a"), Optional.of("shop"));
        fixture.store().watch(BETA, NAMESPACE, Optional.of("crm"), Optional.empty(), change -> heard.add("beta"));
        set(fixture.store(), BETA, "eur");
        awaitHeard("beta");
        assertThat(watch.open()).isTrue();

        fixture.tenants.add("acme");
        awaitHeard("beta", "a 1 deleted", "eur 1");
        assertThat(watch.paused()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"false,STOPPED", "true,STOPPED"})
    void endsWhenItsPluginIsDisabledOrStoppedForTheTenant(boolean enabled, RuntimeState state) {
        fixture.decide("acme", "crm", true, RuntimeState.READY);
        Watch crm = fixture.store().watch(ACME, NAMESPACE, Optional.of("crm"), Optional.empty(), this::hear);
        Watch other = fixture.store()
                .watch(ACME, NAMESPACE, Optional.of("other"), Optional.empty(), change -> heard.add("other"));

        fixture.decide("acme", "crm", enabled, state);
        set(fixture.store(), ACME, "eur");

        awaitHeard("other");
        assertThat(crm.open()).isFalse();
        assertThat(other.open()).isTrue();
    }

    private void hear(Change change) {
        heard.add(change.key() + " " + change.version() + (change.deleted() ? " deleted" : ""));
    }

    private void awaitHeard(String... all) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(heard).containsExactly(all));
    }

    private static void set(SharedDataStore store, Space space, String key) {
        store.set(space.key(key), new Write("shop", "1", Optional.empty()));
    }
}
