// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/p/inventory/products",
                "/a/../b",
                "/a/./b",
                "/a;jsessionid=1/b",
                "/caf%C3%A9",
                "/%41",
                "/a/",
                "/"
            })
    void showsThePathAsItWasSent(String path) throws Exception {
        assertThat(seen("GET " + path + "?x=%20&y=a+b HTTP/1.1\r\nHost: h\r\n\r\n", HttpExchange::rawPath))
                .isEqualTo(path);
    }

    @Test
    void manyMayComeAtOnce() throws Exception {
        try (TestServer server = TestServer.start(exchange -> {})) {
            assertThat(server.acceptQueue()).isEqualTo(TestServer.ACCEPT_QUEUE);
        }
    }

    @Test
    void showsTheQueryAsItWasSent() throws Exception {
        assertThat(seen(
                        "GET /a?x=%20&y=a+b&x= HTTP/1.1\r\nHost: h\r\n\r\n",
                        e -> e.rawQuery().orElse("none")))
                .isEqualTo("x=%20&y=a+b&x=");
        assertThat(seen("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", e -> e.rawQuery().orElse("none")))
                .isEqualTo("none");
    }

    @Test
    void showsThePathOfAnAbsoluteTarget() throws Exception {
        assertThat(seen("GET http://h/a/b?c HTTP/1.1\r\nHost: h\r\n\r\n", HttpExchange::rawPath))
                .isEqualTo("/a/b");
    }

    @Test
    void showsFieldsInAnyCaseAndAllTheirValues() throws Exception {
        AtomicReference<Headers> headers = new AtomicReference<>();

        seen("GET / HTTP/1.1\r\nHost: h\r\nX-Many: 1\r\nx-many: 2, 3\r\n\r\n", e -> {
            headers.set(e.headers());
            return "";
        });

        assertThat(headers.get().all("X-MANY")).containsExactly("1", "2, 3");
        assertThat(headers.get().first("x-many")).contains("1");
        assertThat(headers.get().first("x-none")).isEmpty();
        assertThat(headers.get().names()).contains("Host", "X-Many");
        assertThat(headers.get().with("X-Many", "4").all("x-many")).containsExactly("4");
    }

    @Test
    void showsThePeersAddress() throws Exception {
        assertThat(seen("GET / HTTP/1.1\r\nHost: h\r\n\r\n", HttpExchange::clientAddress))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void readsABodyOfKnownLength() throws Exception {
        assertThat(seen("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", ExchangeTest::text))
                .isEqualTo("hello");
    }

    @Test
    void readsABodyInChunks() throws Exception {
        String request =
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";

        assertThat(seen(request, ExchangeTest::text)).isEqualTo("hello");
    }

    @Test
    void hasAnEmptyBodyWhereNoneWasSent() throws Exception {
        assertThat(seen("GET / HTTP/1.1\r\nHost: h\r\n\r\n", e -> e.body().length() + " " + text(e)))
                .isEqualTo("OptionalLong[0] ");
    }

    @Test
    void readsABodyAgainOnceItIsInMemory() throws Exception {
        assertThat(seen(
                        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi",
                        e -> text(e)
                                + text(e)
                                + e.body().buffered()
                                + e.body().buffer().isReadOnly()))
                .isEqualTo("hihitruetrue");
    }

    @Test
    void givesAStreamOnlyOnce() throws Exception {
        seen("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi", e -> {
            assertThat(new String(e.body().stream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hi");
            assertThatThrownBy(() -> e.body().stream()).isInstanceOf(IllegalStateException.class);
            return "";
        });
    }

    @Test
    void carriesALargeBodyBothWays() throws Exception {
        String large = "0123456789abcdef".repeat(60_000);
        HttpGateway echo = e -> e.respond(Response.of(200, "text/plain", buffered(e)));

        try (TestServer server = TestServer.start(echo)) {
            var answer =
                    server.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + large.length() + "\r\n\r\n" + large);

            assertThat(answer.body()).isEqualTo(large);
        }
    }

    @Test
    void echoesABodyAsItComes() throws Exception {
        String large = "0123456789abcdef".repeat(60_000);
        HttpGateway echo = e -> e.respond(Response.of(200, "text/plain", e.body()));

        try (TestServer server = TestServer.start(echo)) {
            var answer =
                    server.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + large.length() + "\r\n\r\n" + large);

            assertThat(answer.body()).isEqualTo(large);
        }
    }

    /** What a gateway makes of the exchange that the request becomes. */
    private static String seen(String request, Reading reading) throws Exception {
        AtomicReference<Object> seen = new AtomicReference<>("nothing");
        Function<HttpExchange, Object> safe = e -> {
            try {
                return reading.of(e);
            } catch (IOException | AssertionError failure) {
                return failure;
            }
        };
        try (TestServer server = TestServer.start(e -> {
            seen.set(safe.apply(e));
            e.respond(Response.status(204));
        })) {
            assertThat(server.ask(request).status()).isEqualTo(204);
        }
        assertThat(seen.get()).isInstanceOf(String.class);
        return (String) seen.get();
    }

    private static String text(HttpExchange exchange) throws IOException {
        return exchange.body().text();
    }

    private static Body buffered(HttpExchange exchange) {
        try {
            return Body.of(exchange.body().buffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Reading {
        String of(HttpExchange exchange) throws IOException;
    }
}
