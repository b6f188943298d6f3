// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyLimitsTest {
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final HttpGateway READING = Gateways.readingLength();

    @Test
    void refusesADeclaredLengthBeforeTheBodyIsSent() throws Exception {
        try (TestServer server = TestServer.start(READING);
                RawConnection connection = server.connect()) {
            var answer = connection
                    .send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n")
                    .read();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("\"code\":\"PAYLOAD_TOO_LARGE\"", "at most 1 MB");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void refusesABodyWithoutEnd() throws Exception {
        try (TestServer server = TestServer.start(READING);
                RawConnection connection = server.connect()) {
            connection.send(CHUNKED);
            sendUntilClosed(connection, "10000\r\n" + "x".repeat(0x10000) + "\r\n");
            var answer = connection.read();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.field("Connection")).isEqualTo("close");
        }
    }

    @Test
    void answersAlsoWhoSendsAllBeforeHeReads() throws Exception {
        int length = 8 * (int) TestServer.LIMITS.bodyBytes();
        try (TestServer server = TestServer.start(READING)) {
            for (int i = 0; i < 5; i++) {
                try (RawConnection connection = server.connect()) {
                    connection.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n");
                    connection.send("x".repeat(length));

                    assertThat(connection.read().status()).isEqualTo(413);
                    assertThat(connection.isClosed()).isTrue();
                }
            }
        }
    }

    @Test
    void lingersForAMomentOnly() throws Exception {
        try (TestServer server = TestServer.start(READING);
                RawConnection connection = server.connect()) {
            connection.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000000\r\n\r\nx");
            assertThat(connection.read().status()).isEqualTo(413);

            long begun = System.nanoTime();
            assertThat(connection.isClosed()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws Exception {
        int limit = (int) TestServer.LIMITS.bodyBytes();
        try (TestServer server = TestServer.start(READING)) {
            String head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + limit + "\r\n\r\n";
            assertThat(server.ask(head + "x".repeat(limit)).body()).isEqualTo(String.valueOf(limit));
            assertThat(server.ask(CHUNKED + Integer.toHexString(limit) + "\r\n" + "x".repeat(limit) + "\r\n0\r\n\r\n")
                            .body())
                    .isEqualTo(String.valueOf(limit));
        }
    }

    @Test
    void passesOnWhatTheReaderBoundsItself() throws Exception {
        int length = (int) TestServer.LIMITS.bodyBytes() + 1;
        String head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n";
        try (TestServer server = TestServer.start(Gateways.passing(Gateways::count))) {
            assertThat(server.ask(head + "x".repeat(length)).body()).isEqualTo(String.valueOf(length));
        }
        try (TestServer server =
                TestServer.start(Gateways.passing(body -> body.buffer().remaining()))) {
            assertThat(server.ask(head + "x".repeat(length)).status()).isEqualTo(413);
        }
    }

    @Test
    void asksForTheBodyOnlyWhenItIsWanted() throws Exception {
        try (TestServer server = TestServer.start(READING);
                RawConnection connection = server.connect()) {
            connection.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");

            assertThat(connection.readStart().status()).isEqualTo(100);
            assertThat(connection.send("hi").read().body()).isEqualTo("2");
        }
    }

    @Test
    void givesUpOnASenderThatFallsSilent() throws Exception {
        try (TestServer server = TestServer.start(TestServer.hastyForSilence(), READING);
                RawConnection connection = server.connect()) {
            var answer = connection.send(CHUNKED + "5\r\nhe").read();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("\"code\":\"REQUEST_TIMEOUT\"");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void answers400WhenTheSenderStopsHalfway() throws Exception {
        try (TestServer server = TestServer.start(READING);
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

    private static void sendUntilClosed(RawConnection connection, String part) {
        try {
            for (int i = 0; i < 40; i++) {
                connection.send(part);
            }
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
    }
}
