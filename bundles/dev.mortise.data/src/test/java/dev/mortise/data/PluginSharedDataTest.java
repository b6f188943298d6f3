// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.shared.SharedChange;
import dev.mortise.api.shared.SharedData;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.kernel.shared.TenantSharedData;
import dev.mortise.testkit.call.TestJson;
import dev.mortise.testkit.port.MemoryMeters;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shared data as the container gives it to plugin versions. */
class PluginSharedDataTest {
    private final MemoryMeters meters = new MemoryMeters();
    private SharedFixture fixture;
    private PluginSharedData services;

    @BeforeEach
    void open() throws SQLException {
        fixture = new SharedFixture(TestServer.embedded(), SharedLimits.DEFAULT);
        fixture.parts.bindMeters(meters);
        services = new PluginSharedData(fixture.parts, TestJson.factory());
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @Test
    void tellsOnAThreadOfThePluginInACallForTheTenant() throws Exception {
        SharedData shop = data(offer("shop"));
        SharedData crm = data(offer("crm"));
        List<Object> heard = new CopyOnWriteArrayList<>();
        ClassLoader loader = new URLClassLoader(new URL[0]);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Plugins.callFor("acme", () -> crm.namespace("n").watch("eur", change -> {
                heard.add(change);
                heard.add(Thread.currentThread().getContextClassLoader());
                heard.add(BoundContext.require("test").tenant().orElseThrow().value());
                heard.add(BoundContext.require("test").caller().orElseThrow());
            }));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        Plugins.callFor("acme", () -> shop.namespace("n").set("eur", 1));

        await().untilAsserted(() -> assertThat(heard)
                .containsExactly(new SharedChange("n", "eur", 1, SharedChange.Kind.SET), loader, "acme", "crm"));
    }

    @Test
    void aListenerThatFailsOrHangsHoldsUpNobodyElse() throws Exception {
        SharedData shop = data(offer("shop"));
        Offer<?> slow = offer("slow");
        CountDownLatch entered = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        List<String> heard = new CopyOnWriteArrayList<>();
        Plugins.callFor("acme", () -> data(slow).namespace("n").watch(change -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        }));
        Plugins.callFor("acme", () -> data(offer("crm")).namespace("n").watch(change -> {
            heard.add(change.key());
            throw new IllegalStateException("on purpose");
        }));

        for (String key : List.of("a", "b")) {
            Plugins.callFor("acme", () -> shop.namespace("n").set(key, 1));
            await().until(() -> heard.contains(key));
        }

        assertThat(entered.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        slow.close().run();
        await().untilTrue(interrupted);
    }

    @Test
    void aWatchGoesOnAfterThereWasNoThreadForIt() throws Exception {
        SharedData shop = data(offer("shop"));
        List<String> heard = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        Executor threads = task -> {
            if (asked.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            new Thread(task).start();
        };
        try (ListenerLane lane = new ListenerLane("crm", threads)) {
            SharedData crm = new TenantSharedData(
                    "crm", fixture.store(), () -> TestJson.factory().lenient(), lane);
            Plugins.callFor("acme", () -> crm.namespace("n").watch(change -> heard.add(change.key())));

            Plugins.callFor("acme", () -> shop.namespace("n").set("a", 1));
            await().until(() -> asked.get() == 1);
            Plugins.callFor("acme", () -> shop.namespace("n").set("b", 1));

            await().untilAsserted(() -> assertThat(heard).containsExactly("a", "b"));
        }
    }

    @Test
    void aRetiredVersionHearsNothingAndKeepsNoPlace() throws Exception {
        SharedData shop = data(offer("shop"));
        List<String> heard = new CopyOnWriteArrayList<>();
        Offer<?> retired = offer("crm");
        Plugins.callFor("acme", () -> data(retired).namespace("n").watch(change -> heard.add("retired")));

        retired.close().run();

        Plugins.callFor("acme", () -> data(offer("crm")).namespace("n").watch(change -> heard.add("next")));
        Plugins.callFor("acme", () -> shop.namespace("n").set("eur", 1));
        await().untilAsserted(() -> assertThat(heard).containsExactly("next"));
        await().until(() -> fixture.parts.watches().count() == 1);
    }

    @Test
    void measuresWhatPluginsDoUntilTheyAreGone() throws Exception {
        Offer<?> shop = offer("shop");
        Offer<?> crm = offer("crm");
        Plugins.callFor("acme", () -> data(shop).namespace("n").set("eur", 1, Duration.ofHours(1)));
        Plugins.callFor("acme", () -> data(crm).namespace("n").get("usd"));
        Plugins.callFor("acme", () -> data(crm).namespace("n").compareAndSet("usd", 3, 1));
        fixture.database.execute("UPDATE mortise.shared_data_sweep SET next_at = clock_timestamp()");
        fixture.parts.sweep().sweep();

        assertThat(meters.all())
                .containsEntry("mortise.shared.operations{operation=set, outcome=done, plugin=shop}", 1L)
                .containsEntry("mortise.shared.operations{operation=get, outcome=absent, plugin=crm}", 1L)
                .containsEntry("mortise.shared.operations{operation=cas, outcome=stale, plugin=crm}", 1L)
                .containsEntry("mortise.shared.keys{plugin=shop}", 1L)
                .containsEntry("mortise.shared.bytes{plugin=shop}", 1L);

        shop.close().run();
        assertThat(meters.all().keySet()).noneMatch(series -> series.contains("shop,") || series.contains("=shop"));
        assertThat(meters.all()).isNotEmpty();
    }

    private Offer<?> offer(String id) {
        return services.forPlugin(Plugins.scope(id)).get(0);
    }

    private static SharedData data(Offer<?> offer) {
        return (SharedData) offer.service();
    }
}
