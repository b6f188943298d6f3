// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many connections, and those from which nothing comes. */
final class ListenerTest {
    private static Bounds bounds(int connections, Duration idle) {
        return new Bounds(connections, 8 * 1024, 10, idle);
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInTheirOrder() throws Exception {
        try (Served served = Served.by(exchange -> Served.ok(exchange, exchange.path()));
                Raw raw = served.connect()) {
            String two = "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

            assertThat(raw.send(two).rest()).matches("(?s)HTTP/1.1 200 .*\r\n\r\n/aHTTP/1.1 200 .*\r\n\r\n/b");
        }
    }

    @Test
    void aCallStaysOnTheThreadOfItsConnection() throws Exception {
        AtomicReference<Thread> first = new AtomicReference<>();
        Served.Answering answering = exchange -> {
            first.compareAndSet(null, Thread.currentThread());
            Served.ok(exchange, "same: " + (first.get() == Thread.currentThread()));
        };
        try (Served served = Served.by(answering);
                Raw raw = served.connect()) {
            raw.request("GET /").until("same: true");
            raw.request("GET /").until("same: true");
        }
    }

    @Test
    void whoSaysNothingOrSaysItSlowlyIsNotWaitedFor() throws Exception {
        try (Served served = Served.by(bounds(8, Duration.ofSeconds(1)), exchange -> Served.ok(exchange, "ok"));
                Raw silent = served.connect();
                Raw slow = served.connect();
                Raw kept = served.connect()) {
            kept.request("GET /").until("ok");
            AtomicReference<IOException> gone = new AtomicReference<>();
            slow.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> dripped(slow, gone));

            assertThat(gone.get()).isNotNull();
            assertThat(silent.rest()).isEmpty();
            assertThat(kept.rest()).isEmpty();
        }
    }

    private static boolean dripped(Raw slow, AtomicReference<IOException> gone) {
        try {
            slow.send("x");
        } catch (IOException e) {
            gone.set(e);
        }
        return gone.get() != null;
    }

    @Test
    void aCallThatProvedItselfMayTakeItsTime() throws Exception {
        Served.Answering answering = exchange -> {
            exchange.admit();
            Served.ok(exchange, "<" + exchange.content().read() + ">");
        };
        try (Served served = Served.by(bounds(8, Duration.ofMillis(100)), answering);
                Raw slow = served.connect();
                Raw silent = served.connect()) {
            slow.request("POST /", "Content-Length: 1");
            assertThat(silent.rest()).as("closed, while the call went on").isEmpty();

            assertThat(slow.send("a").until(">")).endsWith("<97>");
        }
    }

    @Test
    void whoConnectsAndSaysNothingKeepsNobodyOut() throws Exception {
        try (Served served = Served.by(bounds(2, Duration.ofMinutes(5)), exchange -> Served.ok(exchange, "ok"));
                Raw first = served.connect();
                Raw second = served.connect()) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                try (Raw third = served.connect()) {
                    return third.request("GET /").until("ok").startsWith("HTTP/1.1 200");
                }
            });

            assertThat(first.rest()).as("the one that was waited for longest").isEmpty();
            second.request("GET /").until("ok");
        }
    }

    @Test
    void whoAsksWithoutProofAgainAndAgainKeepsNobodyOut() throws Exception {
        try (Served served = Served.by(bounds(2, Duration.ofMinutes(5)), exchange -> Served.ok(exchange, "ok"));
                Raw first = served.connect();
                Raw second = served.connect()) {
            for (Raw stranger : new Raw[] {first, second, first, second}) {
                stranger.request("GET /").until("ok");
            }

            try (Raw third = served.connect()) {
                assertThat(third.request("GET /").until("ok")).startsWith("HTTP/1.1 200");
            }
            assertThat(first.rest()).as("the one that was waited for longest").isEmpty();
        }
    }

    @Test
    void whenAllConnectionsAreInCallsOneMoreIsRefused() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        Served.Answering answering = exchange -> {
            exchange.admit();
            running.countDown();
            await(goOn);
            Served.ok(exchange, "done");
        };
        try (Served served = Served.by(bounds(2, Duration.ofSeconds(30)), answering);
                Raw first = served.connect();
                Raw second = served.connect()) {
            first.request("GET /");
            second.request("GET /");
            running.await();
            try (Raw third = served.connect()) {
                assertThat(third.rest()).startsWith("HTTP/1.1 503").contains("SERVICE_UNAVAILABLE");
            }
            goOn.countDown();
            first.until("done");
            second.until("done");
        }
    }

    @Test
    void whatNeverComesBackKeepsItsConnectionThoughItWasAnswered() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        Served.Answering answering = exchange -> {
            exchange.admit();
            exchange.last();
            Served.ok(exchange, "late");
            running.countDown();
            await(goOn);
        };
        try (Served served = Served.by(bounds(2, Duration.ofSeconds(30)), answering);
                Raw first = served.connect();
                Raw second = served.connect()) {
            first.request("GET /").until("late");
            second.request("GET /").until("late");
            running.await();
            assertThat(first.rest()).isEmpty(); // closed after its last second
            assertThat(second.rest()).isEmpty();

            // longer than one is kept that nothing comes from
            Awaitility.await()
                    .during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> isRefused(served));
            goOn.countDown();
        }
    }

    private static boolean isRefused(Served served) throws IOException {
        try (Raw one = served.connect()) {
            return one.rest().startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void itsEndEndsEveryConnection() throws Exception {
        Served.Answering answering = exchange -> {
            Served.ok(exchange, "begun");
            exchange.content().read();
        };
        try (Served served = Served.by(answering);
                Raw idle = served.connect();
                Raw busy = served.connect()) {
            idle.request("GET /").until("begun");
            busy.request("POST /", "Content-Length: 5").until("begun");

            assertThat(served.end()).isTrue();
            assertThat(idle.rest()).isEmpty();
            assertThat(busy.rest()).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
