// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All watches of a node have one thread: what befalls it must be the end of none. */
@Timeout(60)
class FailingWatchesTest {
    private static final Space ACME = new Space(new TenantId("acme"), "shop.rates");
    private static final SharedLimits LIMITS = new SharedLimits(
            1 << 20, 1_000, 1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMillis(200), 3);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private SharedFixture fixture;
    private SharedDatabase database;

    @BeforeEach
    void open() throws SQLException {
        fixture = new SharedFixture(TestServer.embedded(), LIMITS);
        database = SharedDatabase.of(fixture.database.opened());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
        fixture.close();
    }

    @Test
    void goesOnAfterAnError() {
        AtomicBoolean failing = new AtomicBoolean(true);
        AtomicInteger failed = new AtomicInteger();
        try (SharedWatches watches = watches(() -> {
            if (failing.get()) {
                failed.incrementAndGet();
                throw new NoClassDefFoundError("on purpose");
            }
            return Map.of();
        })) {
            watch(watches, "crm");
            await().until(() -> failed.get() > 1);

            failing.set(false);
            set("eur");
            await().untilAsserted(() -> assertThat(heard).containsExactly("eur"));
            assertThat(watch(watches, "erp").open()).isTrue();
        }
    }

    @Test
    void tellsWhoeverCameWhenItCanNotBegin() throws SQLException {
        try (SharedWatches watches = watches(Map::of)) {
            fixture.database.execute("ALTER TABLE mortise.shared_data RENAME TO away");
            assertThatThrownBy(() -> watch(watches, "crm")).isInstanceOf(MortiseException.class);
            fixture.database.execute("ALTER TABLE mortise.away RENAME TO shared_data");

            watch(watches, "crm");
            assertThat(watches.count()).isEqualTo(1);
        }
    }

    @Test
    void keepsNobodyWaitingForEver() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (SharedWatches watches = watches(() -> {
            asked.countDown();
            awaitQuietly(answer);
            return Map.of();
        })) {
            watch(watches, "crm");
            asked.await();

            assertThatThrownBy(() -> watch(watches, "erp"))
                    .isInstanceOfSatisfying(
                            MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));

            answer.countDown();
            set("eur");
            await().untilAsserted(() -> assertThat(heard).containsExactly("eur"));
            assertThat(watches.count()).isEqualTo(1);
        }
    }

    @Test
    void refusesAtOnceWhenItIsClosed() {
        SharedWatches watches = watches(Map::of, Duration.ofMinutes(1));
        watch(watches, "crm");
        watches.close();

        assertThatThrownBy(() -> watch(watches, "erp"))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SharedWatches watches(Supplier<Map<TenantId, Map<PluginId, Decided>>> decided) {
        return watches(decided, Duration.ofSeconds(2));
    }

    private SharedWatches watches(Supplier<Map<TenantId, Map<PluginId, Decided>>> decided, Duration patience) {
        SharedWatches watches = new SharedWatches(database, LIMITS, new WatchRule(fixture.tenants, decided), patience);
        watches.begin();
        return watches;
    }

    private Watch watch(SharedWatches watches, String plugin) {
        return watches.watch(ACME, Optional.empty(), Optional.of(plugin), Optional.empty(), this::hear);
    }

    private void hear(Change change) {
        heard.add(change.key());
    }

    private void set(String key) {
        fixture.store().set(ACME.key(key), new Write("shop", "1", Optional.empty()));
    }
}
