// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.Pool;
import dev.mortise.testkit.port.MemoryMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CapacityTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final List<Thread> callers = new ArrayList<>();
    private final MemoryMeters meters = new MemoryMeters();
    private final TestGateway gateway = TestGateway.open(holding("one"), holding("two"));

    @BeforeEach
    void measure() {
        gateway.neighbours.bindMeters(meters);
    }

    @AfterEach
    void close() throws InterruptedException {
        release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        gateway.close();
    }

    @Test
    void callsOfPluginsNeverTakeTheLastThreads() {
        use(Map.of("threads", 4, "threads_reserve_percent", 50));
        hold("/api/v1/p/one/held", 1);
        hold("/api/v1/p/two/held", 2);

        FakeExchange refused = gateway.send(get("/api/v1/p/two/quick").as("alice"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(refused.field("Retry-After")).isEqualTo("1");
        assertThat(refused.detail()).contains("Plugins have 2 calls of clients in hand", "threads.reserve.percent");
        assertThat(gateway.send(get("/health/live")).status()).isEqualTo(200);
        assertThat(rejections("two", "threads")).isOne();
        assertThat(taken("threads")).isEqualTo(2);
    }

    @Test
    void anEndedCallGivesItsThreadBack() {
        use(Map.of("threads", 2, "threads_reserve_percent", 50));

        for (int i = 0; i < 5; i++) {
            assertThat(gateway.send(get("/api/v1/p/one/quick").as("alice")).status())
                    .isEqualTo(200);
            assertThat(gateway.send(get("/api/v1/p/one/broken").as("alice")).status())
                    .isEqualTo(500);
        }

        assertThat(threads().taken()).isZero();
    }

    @Test
    void theNextCallMeetsTheNextReserve() {
        use(Map.of("threads", 4, "threads_reserve_percent", 75));
        hold("/api/v1/p/one/held", 1);
        assertThat(gateway.send(get("/api/v1/p/two/quick").as("alice")).status())
                .isEqualTo(503);

        use(Map.of("threads", 4, "threads_reserve_percent", 50));

        assertThat(gateway.send(get("/api/v1/p/two/quick").as("alice")).status())
                .isEqualTo(200);
    }

    @Test
    void onePluginHasSoManyStreamsAndItsOtherEndpointsAnswer() {
        use(Map.of("streams_each", 1));
        hold("/api/v1/p/one/stream", 1);

        FakeExchange refused = gateway.send(get("/api/v1/p/one/stream").as("alice"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.field("Retry-After")).isEqualTo("1");
        assertThat(refused.detail()).contains("streams of plugin 'one' are taken: 1 are open", "streams.each");
        assertThat(gateway.send(get("/api/v1/p/one/quick").as("alice")).status())
                .isEqualTo(200);
        assertThat(rejections("one", "streams")).isOne();
        assertThat(threads().taken()).isOne();
        assertThat(taken("streams")).isOne();
    }

    @Test
    void allPluginsTogetherHaveSoManyStreams() {
        use(Map.of("streams_max", 1));
        hold("/api/v1/p/one/stream", 1);

        FakeExchange refused = gateway.send(get("/api/v1/p/two/stream").as("alice"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.detail()).contains("1 streams are open", "streams.max");
        assertThat(gateway.routing
                        .snapshot()
                        .plugin("two")
                        .owner()
                        .stay()
                        .streams()
                        .count())
                .isZero();
        assertThat(threads().taken()).isOne();
    }

    private TestPlugin holding(String id) {
        return plugin(id)
                .streaming("GET", "/stream")
                .offers(id + ".things", "1.0.0")
                .route("GET", "/stream", request -> held())
                .route("GET", "/held", request -> held())
                .route("GET", "/quick", request -> Response.text("quick"))
                .route("GET", "/broken", request -> {
                    throw new IllegalStateException("broken");
                });
    }

    private Response held() throws InterruptedException {
        inside.incrementAndGet();
        release.await();
        return Response.text("held");
    }

    /** Makes a call that stays, and waits until so many are in their handlers, with all that they take. */
    private void hold(String path, int all) {
        Thread caller = new Thread(() -> gateway.send(get(path).as("alice")));
        callers.add(caller);
        caller.start();
        await().until(() -> inside.get() == all);
        assertThat(threads().taken()).isEqualTo(all);
    }

    private Pool threads() {
        return gateway.gate.capacity().threads();
    }

    private long rejections(String plugin, String guard) {
        return meters.of("mortise.rejections")
                .getOrDefault("mortise.rejections{guard=%s, plugin=%s}".formatted(guard, plugin), 0L);
    }

    private long taken(String pool) {
        return meters.of("mortise.pool.taken").getOrDefault("mortise.pool.taken{pool=%s}".formatted(pool), -1L);
    }

    private void use(Map<String, Object> changed) {
        Settings settings = new Settings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                8,
                1000,
                Set.of(),
                Settings.of(TestConfig.with(changed)).guards(),
                TestGateway.REGISTRY,
                false);
        gateway.live.set(settings);
        gateway.gate.use(settings.guards());
    }
}
