// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import dev.mortise.itests.harness.process.ProcessFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send or read next to nothing hold neither threads nor connections for long, and nobody else notices. */
@Tag("timed")
final class SlowClientsIT {
    private static final Product PRODUCT = Product.find();
    private static final String MIRROR = "/api/v1/p/mirror";
    private static final int HALF_OPEN = 2_000;
    private static final int TRICKLING = 40;
    private static final int PER_SECOND = 100;
    /** Twice the baseline is the figure; a tenfold, and what a busy machine adds, is a fault on any machine. */
    private static final double WITHIN_MILLIS = 250;

    @AutoClose
    private static Container container;

    private static Client client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(
                        PRODUCT,
                        folder.resolve("home"),
                        Map.of(
                                "MORTISE_HTTP_HEADER_TIMEOUT_SECONDS", "8",
                                "MORTISE_HTTP_BODY_MIN_BYTES_PER_SECOND", "1000",
                                "MORTISE_GATEWAY_BULKHEAD_CALLS", "100"))
                .awaitReady();
        client = container.client();
        Operator.of(container).install(plugin("mirror").jar().withClasses(Mirror.class));
    }

    @Test
    void nobodyNoticesThemAndTheyAreGivenUp() throws Exception {
        double baseline = load(Duration.ofSeconds(4)).p99Millis();
        ProcessFigures process = new ProcessFigures(container.process().pid());
        int descriptors = process.descriptors();
        List<RawConnection> slow = new ArrayList<>();
        ScheduledExecutorService trickle = Executors.newScheduledThreadPool(2);
        AtomicInteger senders = new AtomicInteger(TRICKLING);
        try {
            come(slow, trickle, senders);
            // To take that many in at once is work for a moment; what counts is that to have them costs nothing.
            Wait.until("they were all taken in", () -> process.descriptors() >= descriptors + slow.size() && soon());

            LoadFigures meanwhile = load(Duration.ofSeconds(10));

            System.out.printf("slow clients: p99 %.1f ms before, then %s%n", baseline, meanwhile);
            assertThat(meanwhile.failures()).isEmpty();
            assertThat(meanwhile.p99Millis()).isLessThan(Math.max(WITHIN_MILLIS, 20 * baseline));
            for (RawConnection one : slow.subList(0, HALF_OPEN)) {
                assertThat(one.isClosed()).isTrue();
            }
            Wait.until("slow senders are given up", () -> senders.get() == 0);
            // What is on its way still reaches a reader; that his connection is closed shows at the other end.
            Wait.until("slow readers are given up", () -> process.descriptors() <= descriptors + TRICKLING / 4);
            assertThat(MetricsPage.of(container)
                            .sum("mortise_refusals_total", "plugin", "-", "code", "REQUEST_TIMEOUT"))
                    .isEqualTo(HALF_OPEN);
            assertThat(MetricsPage.of(container).sum("mortise_calls_in_flight", "plugin", "mirror"))
                    .isZero();
        } finally {
            trickle.shutdownNow();
            for (RawConnection one : slow) {
                one.close();
            }
        }
    }

    private static void come(List<RawConnection> slow, ScheduledExecutorService trickle, AtomicInteger senders)
            throws IOException {
        for (int i = 0; i < HALF_OPEN; i++) {
            slow.add(RawConnection.to(client).send("GET " + MIRROR + "/hit HTTP/1.1\r\nHost: h\r\nX-"));
        }
        for (int i = 0; i < TRICKLING; i++) {
            slow.add(sender(trickle, senders));
            slow.add(reader(trickle));
        }
    }

    private static boolean soon() {
        long begin = System.nanoTime();
        client.get(MIRROR + "/hit");
        return System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(50);
    }

    private static RawConnection sender(ScheduledExecutorService trickle, AtomicInteger count) throws IOException {
        RawConnection sender = RawConnection.to(client);
        sender.send("POST " + MIRROR + "/length HTTP/1.1\r\n" + RawConnection.fields(client)
                + "Content-Length: 1000000\r\n\r\n");
        every(trickle, count, () -> sender.send("x"));
        return sender;
    }

    private static RawConnection reader(ScheduledExecutorService trickle) throws IOException {
        RawConnection reader = RawConnection.to(client);
        reader.socket().setReceiveBufferSize(4096);
        reader.send(RawConnection.get(client, MIRROR + "/large"));
        every(trickle, new AtomicInteger(), () -> reader.readSome(new byte[64]));
        return reader;
    }

    private static LoadFigures load(Duration time) throws InterruptedException {
        LoadClient load = LoadClient.start(PER_SECOND, Call.get(client, MIRROR + "/hit"));
        long end = System.nanoTime() + time.toNanos();
        Wait.until("the load has run", () -> System.nanoTime() - end > 0);
        return load.end();
    }

    /** Does a little of something each second; the count goes down when the server has closed the connection. */
    private static void every(ScheduledExecutorService thread, AtomicInteger count, Step step) {
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        step.run();
                    } catch (IOException closed) {
                        count.decrementAndGet();
                        throw new UncheckedIOException(closed);
                    }
                },
                0,
                1,
                TimeUnit.SECONDS);
    }

    private interface Step {
        void run() throws IOException;
    }
}
