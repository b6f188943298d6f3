// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two parsers could read differently is refused, the connection is closed, and nothing behind it is ever served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestTest {
    private static final String SECOND = "GET /second HTTP/1.1\r\nHost: h\r\n\r\n";

    private final Queue<String> served = new ConcurrentLinkedQueue<>();
    private TestServer server;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(this::serve);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        served.clear();
    }

    private void serve(HttpExchange exchange) {
        Gateways.reading(body -> {
                    served.add(exchange.rawPath());
                    return Response.status(204);
                })
                .handle(exchange);
    }

    static List<String> smuggled() {
        String post = "POST /first HTTP/1.1\r\nHost: h\r\n";
        return List.of(
                post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                post + "Content-Length: 5, 6\r\n\r\nhello",
                post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                post + "Content-Length: +5\r\n\r\nhello",
                post + "Content-Length: -5\r\n\r\nhello",
                post + "Content-Length: 0x5\r\n\r\nhello",
                post + "Content-Length: 5 5\r\n\r\nhello",
                post + "Content-Length:\r\n\r\nhello",
                post + "Content-Length : 5\r\n\r\nhello",
                post + "Content-Length: 99999999999999999999\r\n\r\nhello",
                post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                post + " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding\r\n\r\n0\r\n\r\n",
                post + "X: 1\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "X: 1\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "X: 1\r\n continued\r\n\r\n",
                post + "X: a\u0000b\r\n\r\n",
                post + "X Y: 1\r\n\r\n",
                "POST /first HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /first HTTP/1.1\nHost: h\n\n",
                "GET /first HTTP/1.1\r\n\r\n",
                "GET /first HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n",
                "GET /first HTTP/1.1\r\nHost: h/x\r\n\r\n",
                "GET http://other/first HTTP/1.1\r\nHost: h\r\n\r\n",
                "G\u0001T /first HTTP/1.1\r\nHost: h\r\n\r\n",
                "nonsense\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("smuggled")
    void refusesAndClosesWithoutServingWhatFollows(String request) throws IOException {
        try (RawConnection connection = server.connect()) {
            var answer = connection.send(request + SECOND).read();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.field("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.body()).contains("\"code\":\"BAD_REQUEST\"", "\"requestId\":\"");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(served).isEmpty();
    }

    /** What is packed so would reach the handler as it is (RFC 9112, section 6.1). */
    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "gzip,chunked", "identity, chunked", "gzip\r\nTransfer-Encoding: chunked"})
    void knowsNoOtherTransferCodingThanChunked(String coding) throws IOException {
        try (RawConnection connection = server.connect()) {
            var answer = connection
                    .send("POST /first HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n"
                            + SECOND)
                    .read();

            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.body()).contains("'chunked'", "\"status\":501");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/%zz", "/a/%", "/a/%2", "/a/%00"})
    void refusesABrokenEscapeAsABadPath(String target) throws IOException {
        try (RawConnection connection = server.connect()) {
            var answer = connection
                    .send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n" + SECOND)
                    .read();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":\"BAD_PATH\"");
        }
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nhelloX\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "zz\r\nhello\r\n0\r\n\r\n",
                "-1\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
                "5;a=\"\r\nhello\r\n0\r\n\r\n",
                "5;a=b\nhello\r\n0\r\n\r\n"
            })
    void refusesABrokenChunk(String chunks) throws IOException {
        String head = "POST /first HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

        try (RawConnection connection = server.connect()) {
            var answer = connection.send(head + chunks + SECOND).read();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":\"BAD_REQUEST\"");
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/%2e%2e/b",
                "/a/%2E/b",
                "/%2e%2e",
                "/a/..;/b",
                "/a/..;x=1/b",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a\\b",
                "/a//b",
                "//a",
                "/a/%252e/b",
                "/a%25b",
                "/%00",
                "/a%00b",
                "/%c0%ae",
                "/%ff",
                "/%e2%82",
                "/%",
                "/%4",
                "/%zz",
                "/%u0041",
                "/a#b",
                "/a?x#b",
                "/caf\u00e9",
                "/a\u0001b",
                "/a\u007fb",
                "/a?q=\u00e9",
                "a/b",
                "*",
                "/a/%0d%0ab"
            })
    void refusesATargetThatCanBeReadInMoreThanOneWay(String target) throws IOException {
        try (RawConnection connection = server.connect()) {
            var answer = connection
                    .send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n" + SECOND)
                    .read();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":\"BAD_");
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CONNECT,h:80", "CONNECT,/first", "OPTIONS,*"})
    void refusesATargetWithoutAPath(String method, String target) throws IOException {
        try (RawConnection connection = server.connect()) {
            var answer = connection
                    .send(method + " " + target + " HTTP/1.1\r\nHost: h:80\r\n\r\n" + SECOND)
                    .read();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(served).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "websocket", "TLS/1.0"})
    void staysWithHttp11WhenAskedToUpgrade(String protocol) throws IOException {
        String upgrade = "GET /first HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: " + protocol
                + "\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";

        try (RawConnection connection = server.connect()) {
            assertThat(connection.send(upgrade + SECOND).read().status()).isEqualTo(204);
            assertThat(connection.read().status()).isEqualTo(204);
        }
        assertThat(served).containsExactly("/first", "/second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r\n\r\n"})
    void forgivesEmptyLinesBeforeARequest(String before) throws IOException {
        assertThat(server.ask("GET /first HTTP/1.1\r\nHost: h\r\n\r\n").status())
                .isEqualTo(204);
        try (RawConnection connection = server.connect()) {
            assertThat(connection.send(before + SECOND).read().status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {" HTTP/1.2,505", " HTTP/3.0,505", " HTTP/2.0,426", "'',505"})
    void refusesVersionsThatItDoesNotSpeak(String version, int status) throws IOException {
        try (RawConnection connection = server.connect()) {
            var answer = connection
                    .send("GET /first" + version + "\r\nHost: h\r\n\r\n" + SECOND)
                    .read();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.field("Content-Type")).isEqualTo("application/problem+json");
            assertThat(connection.isClosed()).isTrue();
        }
        assertThat(served).isEmpty();
    }
}
