// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.http.HttpSettings.Limits;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Nested
    class OfTheBody {
        @Test
        void refusesADeclaredLengthBeforeTheBodyIsSent() throws Exception {
            try (TestServer server = TestServer.start(LimitsTest::read);
                    RawConnection connection = server.connect()) {
                var answer = connection
                        .send(
                                "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n")
                        .read();

                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.body()).contains("\"code\":\"PAYLOAD_TOO_LARGE\"", "at most 1 MB");
                assertThat(connection.isClosed()).isTrue();
            }
        }

        @Test
        void refusesABodyWithoutEnd() throws Exception {
            try (TestServer server = TestServer.start(LimitsTest::read);
                    RawConnection connection = server.connect()) {
                connection.send(CHUNKED);
                sendUntilClosed(connection, "10000\r\n" + "x".repeat(0x10000) + "\r\n", 40);
                var answer = connection.read();

                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.field("Connection")).isEqualTo("close");
            }
        }

        @Test
        void takesABodyOfExactlyTheLimit() throws Exception {
            int limit = (int) TestServer.LIMITS.bodyBytes();
            try (TestServer server = TestServer.start(LimitsTest::read)) {
                String head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + limit + "\r\n\r\n";
                assertThat(server.ask(head + "x".repeat(limit)).body()).isEqualTo(String.valueOf(limit));
                assertThat(server.ask(CHUNKED + Integer.toHexString(limit) + "\r\n" + "x".repeat(limit)
                                        + "\r\n0\r\n\r\n")
                                .body())
                        .isEqualTo(String.valueOf(limit));
            }
        }

        @Test
        void asksForTheBodyOnlyWhenItIsWanted() throws Exception {
            try (TestServer server = TestServer.start(LimitsTest::read);
                    RawConnection connection = server.connect()) {
                connection.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");

                assertThat(connection.readStart().status()).isEqualTo(100);
                assertThat(connection.send("hi").read().body()).isEqualTo("2");
            }
        }

        @Test
        void givesUpOnASenderThatFallsSilent() throws Exception {
            try (TestServer server = TestServer.start(idle(Duration.ofMillis(300)), LimitsTest::read);
                    RawConnection connection = server.connect()) {
                var answer = connection.send(CHUNKED + "5\r\nhe").read();

                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.body()).contains("\"code\":\"REQUEST_TIMEOUT\"");
                assertThat(connection.isClosed()).isTrue();
            }
        }

        @Test
        void answers400WhenTheSenderStopsHalfway() throws Exception {
            try (TestServer server = TestServer.start(LimitsTest::read);
                    RawConnection connection = server.connect()) {
                var answer = connection
                        .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe")
                        .endOutput()
                        .read();

                assertThat(answer.status()).isEqualTo(400);
            }
        }

        @Test
        void keepsTheConnectionWhenASmallBodyIsNotRead() throws Exception {
            try (TestServer server = TestServer.start(e -> e.respond(Response.status(401)));
                    RawConnection connection = server.connect()) {
                for (int i = 0; i < 3; i++) {
                    var answer = connection
                            .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
                            .read();
                    assertThat(answer.field("Connection")).isEmpty();
                }
            }
        }

        @Test
        void closesTheConnectionWhenALargeBodyIsNotRead() throws Exception {
            try (TestServer server = TestServer.start(e -> e.respond(Response.status(401)));
                    RawConnection connection = server.connect()) {
                var answer = connection
                        .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nhi")
                        .read();

                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.field("Connection")).isEqualTo("close");
            }
        }
    }

    @Nested
    class OfTheFields {
        @Test
        void refusesTooManyBytes() throws Exception {
            try (TestServer server = TestServer.start(LimitsTest::read)) {
                var answer = server.ask("GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");

                assertThat(answer.status()).isEqualTo(431);
                assertThat(answer.body()).contains("\"code\":\"HEADERS_TOO_LARGE\"");
                assertThat(answer.field("Connection")).isEqualTo("close");
            }
        }

        @Test
        void refusesATargetThatIsTooLong() throws Exception {
            try (TestServer server = TestServer.start(LimitsTest::read)) {
                var answer = server.ask("GET /" + "x".repeat(64_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");

                assertThat(answer.status()).isEqualTo(414);
                assertThat(answer.body()).contains("\"code\":\"URI_TOO_LONG\"");
            }
        }

        @Test
        void refusesTooManyFields() throws Exception {
            try (TestServer server = TestServer.start(LimitsTest::read)) {
                var answer = server.ask("GET / HTTP/1.1\r\nHost: h\r\n" + "X: 1\r\n".repeat(200) + "\r\n");

                assertThat(answer.status()).isEqualTo(431);
                assertThat(answer.body()).contains("\"code\":\"HEADERS_TOO_LARGE\"", "at most 200 fields");
            }
        }

        @Test
        void closesAConnectionWhoseFieldsDoNotEnd() throws Exception {
            try (TestServer server = TestServer.start(header(Duration.ofMillis(500)), LimitsTest::read);
                    RawConnection connection = server.connect()) {
                connection.send("GET / HTTP/1.1\r\nHost: h\r\nX-");

                assertThat(connection.isClosed()).isTrue();
            }
        }

        @Test
        void closesItAlsoWhileTheyTrickle() throws Exception {
            try (TestServer server = TestServer.start(header(Duration.ofMillis(500)), LimitsTest::read);
                    RawConnection connection = server.connect()) {
                connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read();

                assertThat(sendUntilClosed(connection, "GET / HTTP/1.1\r\nHost: h\r\n", 1))
                        .isFalse();
                assertThat(trickle(connection)).isTrue();
            }
        }

        @Test
        void leavesARequestAloneWhoseFieldsAreComplete() throws Exception {
            HttpGateway slow = e -> {
                pause(Duration.ofMillis(2500));
                e.respond(Response.text("done"));
            };

            try (TestServer server = TestServer.start(header(Duration.ofMillis(500)), slow)) {
                assertThat(server.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body())
                        .isEqualTo("done");
            }
        }
    }

    @Nested
    class OfSilence {
        @Test
        void closesAnIdleConnection() throws Exception {
            try (TestServer server = TestServer.start(idle(Duration.ofMillis(300)), LimitsTest::read);
                    RawConnection connection = server.connect()) {
                connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read();

                assertThat(connection.isClosed()).isTrue();
            }
        }

        @Test
        void leavesAHandlerAloneThatTakesItsTime() throws Exception {
            HttpGateway slow = e -> {
                pause(Duration.ofMillis(1500));
                e.respond(Response.text("done"));
            };

            try (TestServer server = TestServer.start(idle(Duration.ofMillis(300)), slow)) {
                assertThat(server.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body())
                        .isEqualTo("done");
            }
        }

        @Test
        void givesUpOnAReaderThatTakesNothing() throws Exception {
            CountDownLatch ended = new CountDownLatch(1);
            Body large = Body.writing(sink -> {
                try {
                    for (int i = 0; i < 10_000; i++) {
                        sink.write(new byte[100_000]);
                    }
                } finally {
                    ended.countDown();
                }
            });

            try (TestServer server = TestServer.start(
                            idle(Duration.ofMillis(300)), e -> e.respond(Response.of(200, "a/b", large)));
                    RawConnection connection = server.connect()) {
                connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");

                assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static Limits header(Duration timeout) {
        Limits l = TestServer.LIMITS;
        return new Limits(
                l.threads(), l.headerBytes(), 200, timeout, l.idleTimeout(), l.bodyBytes(), 500, l.stopTimeout());
    }

    private static Limits idle(Duration timeout) {
        Limits l = TestServer.LIMITS;
        return new Limits(
                l.threads(), l.headerBytes(), 200, l.headerTimeout(), timeout, l.bodyBytes(), 500, l.stopTimeout());
    }

    /** A gateway that reads the body and answers its length. */
    private static void read(HttpExchange exchange) {
        try {
            exchange.respond(
                    Response.text(String.valueOf(exchange.body().buffer().remaining())));
        } catch (MortiseException refusal) {
            exchange.respond(new Refusal(refusal.code(), refusal.getMessage()).response());
        } catch (IOException e) {
            exchange.respond(Response.status(500));
        }
    }

    private static boolean sendUntilClosed(RawConnection connection, String part, int times) {
        try {
            for (int i = 0; i < times; i++) {
                connection.send(part);
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private static boolean trickle(RawConnection connection) {
        for (int i = 0; i < 100; i++) {
            if (sendUntilClosed(connection, "x", 1)) {
                return true;
            }
            pause(Duration.ofMillis(100));
        }
        return false;
    }

    private static void pause(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
