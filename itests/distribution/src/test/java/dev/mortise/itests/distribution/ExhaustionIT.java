// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Feed;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Calls that hang and streams that never end take no thread from the core, and end when they must. */
@Tag("timed")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ExhaustionIT {
    private static final Product PRODUCT = Product.find();
    private static final int PLUGINS = 7;
    /** Of 200 threads a fifth is kept for the core. */
    private static final int THREADS = 160;

    private static final int STREAMS = 80;
    /** Ten times the figure. */
    private static final double AT_ONCE_MILLIS = 100;

    private static final Map<String, String> SETTINGS = Map.of(
            "MORTISE_GATEWAY_STREAMS_IDLE_SECONDS", "3",
            "MORTISE_HOST_LEAK_AFTER_S", "1",
            "MORTISE_HOST_LEAK_COLLECTION_EVERY_S", "1");

    @AutoClose
    private static Container container;

    private static Operator operator;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), SETTINGS).awaitReady();
        operator = Operator.of(container);
        for (int i = 0; i < PLUGINS; i++) {
            operator.install(feed(i, "1.0.0"));
        }
    }

    @Test
    @Order(1)
    void healthAndOrdersAreAnsweredWhileEveryPluginHangs() throws Exception {
        List<RawConnection> held = ask("/hang", 32);
        try {
            Wait.until("plugins have all that they may have", () -> taken("threads") == THREADS);

            theCoreAnswersAtOnce();

            List<RawConnection.Reply> replies = new ArrayList<>();
            for (RawConnection connection : held) {
                replies.add(connection.read());
            }
            assertThat(replies).filteredOn(reply -> reply.status() == 504).hasSize(THREADS);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() != 504)
                    .hasSize(PLUGINS * 32 - THREADS)
                    .allSatisfy(reply -> {
                        assertThat(reply.status()).isEqualTo(503);
                        assertThat(reply.field("Retry-After")).isEqualTo("1");
                        assertThat(reply.body())
                                .contains("SERVICE_UNAVAILABLE", "Plugins have 160 calls of clients in hand");
                    });
        } finally {
            close(held);
        }
        Wait.until("all have ended", () -> taken("threads") == 0);
        assertThat(rejections("threads")).isEqualTo(PLUGINS * 32 - THREADS);
        assertThat(lines("All 160 request threads for plugins")).isOne();
        assertThat(lines("There are request threads for plugins")).isOne();
    }

    @Test
    @Order(2)
    void healthAndOrdersAreAnsweredWhileStreamsAreOpen() throws Exception {
        List<RawConnection> streams = ask("/feed", 29);
        try {
            List<Integer> statuses = new ArrayList<>();
            for (RawConnection stream : streams) {
                statuses.add(stream.readStart().status());
            }
            assertThat(statuses).containsOnly(200, 503);
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(STREAMS);
            assertThat(taken("streams")).isEqualTo(STREAMS);
            assertThat(MetricsPage.of(container).sum("mortise_streams_open", "plugin", "feed-0"))
                    .isLessThanOrEqualTo(16);

            theCoreAnswersAtOnce();
        } finally {
            close(streams);
        }
        Wait.until("all have ended", () -> taken("streams") == 0);
    }

    @Test
    @Order(3)
    void aStreamThatWritesNothingIsEnded() throws Exception {
        Client client = container.client();
        var late = client.get("/api/v1/p/feed-1/late");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.body()).contains("did not begin its stream", "streams.idle.seconds");

        try (EventStream silent = EventStream.open(client, "/api/v1/p/feed-1/silent");
                EventStream other = EventStream.open(client, "/api/v1/p/feed-1/feed")) {
            Wait.until("it is ended", silent::ended);
            assertThat(silent.values("data")).containsExactly("here");
            assertThat(silent.endedInOrder()).isFalse();
            assertThat(other.ended()).isFalse();
        }
    }

    @Test
    @Order(4)
    void atAnUpdateStreamsEndInOrderAndNothingIsLeftBehind() throws Exception {
        try (EventStream old = EventStream.open(container.client(), "/api/v1/p/feed-2/feed")) {
            Wait.until("it tells", () -> !old.values("data").isEmpty());
            long begin = System.nanoTime();

            operator.install(feed(2, "1.1.0"));

            Wait.until("it has ended", old::ended);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                    .isLessThan(20);
            assertThat(old.endedInOrder()).isTrue();
        }
        Wait.until("its class loader is judged", () -> lines("plugin=feed-2 1.0.0 class loader ") > 0);
        assertThat(lines("plugin=feed-2 1.0.0 class loader collected")).isOne();
        assertThat(lines("it is stopped under them")).isZero();
    }

    @Test
    @Order(5)
    void atTheStopStreamsEndInOrder() throws Exception {
        try (EventStream stream = EventStream.open(container.client(), "/api/v1/p/feed-3/feed")) {
            Wait.until("it tells", () -> !stream.values("data").isEmpty());
            container.process().destroy();

            // Less than stop.timeout.seconds: nobody waits for a stream.
            assertThat(container.process().waitFor(18, TimeUnit.SECONDS)).isTrue();
            assertThat(container.process().exitValue()).isZero();
            Wait.until("it has ended", stream::ended);
            assertThat(stream.endedInOrder()).isTrue();
        }
    }

    private static void theCoreAnswersAtOnce() {
        assertThat(median(container.anonymous(), "/health/live")).isLessThan(AT_ONCE_MILLIS);
        assertThat(median(container.admin(), Operator.PLUGINS + "/feed-0")).isLessThan(AT_ONCE_MILLIS);
    }

    private static double median(Client client, String path) {
        return IntStream.range(0, 21)
                .mapToDouble(i -> {
                    long begin = System.nanoTime();
                    assertThat(client.get(path).status()).isEqualTo(200);
                    return (System.nanoTime() - begin) / 1e6;
                })
                .sorted()
                .toArray()[10];
    }

    /** Asks every plugin so often, one request on each connection. */
    private static List<RawConnection> ask(String path, int often) throws IOException {
        List<RawConnection> asked = new ArrayList<>();
        for (int i = 0; i < PLUGINS * often; i++) {
            String request = RawConnection.get(container.client(), "/api/v1/p/feed-" + i % PLUGINS + path);
            asked.add(RawConnection.to(container.client()).send(request));
        }
        return asked;
    }

    private static void close(List<RawConnection> connections) throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    private static double taken(String pool) {
        return MetricsPage.of(container).sum("mortise_pool_taken", "pool", pool);
    }

    private static double rejections(String guard) {
        return MetricsPage.of(container).sum("mortise_rejections_total", "guard", guard);
    }

    private static long lines(String words) throws IOException {
        return Files.readAllLines(container.home().resolve("log/mortise.log")).stream()
                .filter(line -> line.contains(words))
                .count();
    }

    private static PluginJar feed(int number, String version) {
        String id = "feed-" + number;
        List<Map<String, Object>> endpoints = List.of(
                Map.of("method", "GET", "path", "/feed", "streaming", true),
                Map.of("method", "GET", "path", "/silent", "streaming", true),
                Map.of("method", "GET", "path", "/late", "streaming", true),
                Map.of("method", "GET", "path", "/hang", "timeoutMs", 12_000));
        return plugin(id)
                .version(version)
                .with(
                        "api",
                        Map.of(
                                "services",
                                List.of(Map.of("name", id + ".things", "version", version, "endpoints", endpoints))))
                .jar()
                .withClasses(Feed.class);
    }
}
