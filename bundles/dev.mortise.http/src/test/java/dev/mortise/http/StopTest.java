// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final HttpGateway held = e -> {
        running.countDown();
        Gateways.waitFor(release);
        e.respond(Response.text("answered"));
    };

    @Test
    void answersWhatRunsBeforeItStops() throws Exception {
        TestServer server = TestServer.start(held);
        try (RawConnection connection = server.connect()) {
            connection.send(GET);
            Gateways.waitFor(running);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            await().until(() -> refuses(server.port()));
            assertThat(stopped).isNotDone();
            release.countDown();
            var answer = connection.read();

            assertThat(answer.body()).isEqualTo("answered");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(connection.isClosed()).isTrue();
            stopped.get(3, TimeUnit.SECONDS);
        }
    }

    @Test
    void answersAlsoARequestThatComesOnAnOpenConnectionMeanwhile() throws Exception {
        boolean inTime;
        do {
            inTime = asksOnAnOpenConnection();
        } while (!inTime);
    }

    /** An open connection has a second for its last request; answers whether this machine was quick enough for it. */
    private static boolean asksOnAnOpenConnection() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        TestServer server = TestServer.start(e -> {
            boolean slow = e.rawPath().equals("/held");
            if (slow) {
                inside.countDown();
                Gateways.waitFor(over);
            }
            e.respond(Response.text(slow ? "answered" : "quick"));
        });
        try (RawConnection slow = server.connect();
                RawConnection open = server.connect()) {
            open.send(GET).read();
            slow.send(GET.replace("/ ", "/held "));
            Gateways.waitFor(inside);
            Gateways.pause(Duration.ofMillis(1500)); // it has its second also when it was silent for longer
            long begun = System.nanoTime();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> refuses(server.port()));
            Answered last = Answered.to(open);

            boolean inTime = last.sentAt() - begun < Duration.ofMillis(500).toNanos();
            if (inTime) {
                assertThat(last.body()).isEqualTo("quick");
            }
            over.countDown();
            assertThat(slow.read().body()).isEqualTo("answered");
            stopped.get(3, TimeUnit.SECONDS);
            return inTime;
        }
    }

    /** What came of a last request, be it nothing. */
    private record Answered(long sentAt, String body) {
        static Answered to(RawConnection open) {
            long sent = Long.MAX_VALUE;
            try {
                open.send(GET);
                sent = System.nanoTime();
                String body = open.read().body();
                return new Answered(sent, open.isClosed() ? body : "not closed");
            } catch (IOException closed) {
                return new Answered(sent, closed.toString());
            }
        }
    }

    @Test
    void waitsForHttp2Streams() throws Exception {
        TestServer server = TestServer.start(held);
        try (Http2Call call = Http2Call.to(server.port())) {
            var answer = call.begin("GET", "/", "");
            Gateways.waitFor(running);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            await().until(() -> refuses(server.port()));
            Gateways.pause(Duration.ofMillis(1500));
            release.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("answered");
            stopped.get(3, TimeUnit.SECONDS);
        }
    }

    @Test
    void doesNotWaitForIdleConnections() throws Exception {
        TestServer server = TestServer.start(e -> e.respond(Response.text("done")));
        try (RawConnection connection = server.connect();
                Http2Call call = Http2Call.to(server.port())) {
            connection.send(GET).read();
            call.send("GET", "/", "");
            long begun = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void cutsOffWhatDoesNotEndInTime() throws Exception {
        TestServer server = TestServer.start(TestServer.hastyForTheEnd(), held);
        try (RawConnection connection = server.connect()) {
            connection.send(GET);
            Gateways.waitFor(running);
            long begun = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(8));
            assertThat(connection.isClosed()).isTrue();
        }
        release.countDown();
    }

    private static boolean refuses(int port) {
        try (RawConnection connection = new RawConnection(port)) {
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
