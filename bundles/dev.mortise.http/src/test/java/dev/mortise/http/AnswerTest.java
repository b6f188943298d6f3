// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String HEAD = "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void sendsBytesInMemoryWithTheirLength() throws Exception {
        var answer = ask(Response.text("hello"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("Content-Length")).isEqualTo("5");
        assertThat(answer.field("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(answer.body()).isEqualTo("hello");
    }

    @Test
    void sendsNoContentWhereTheStatusHasNone() throws Exception {
        var answer = ask(new Response(204, Headers.none(), Body.of("hello")));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.fields()).doesNotContainKey("Content-Length");
    }

    @Test
    void sendsTheLengthButNoContentForHead() throws Exception {
        try (TestServer server = TestServer.start(e -> e.respond(Response.text("hello")));
                RawConnection connection = server.connect()) {
            var answer = connection.send(HEAD).read("HEAD");

            assertThat(answer.field("Content-Length")).isEqualTo("5");
            assertThat(connection.send(GET).read().body()).isEqualTo("hello");
        }
    }

    @Test
    void doesNotRunAWriterForHead() throws Exception {
        Body writer = Body.writing(sink -> {
            throw new IllegalStateException("ran");
        });
        try (TestServer server = TestServer.start(e -> e.respond(new Response(200, Headers.none(), writer)))) {
            assertThat(server.ask(HEAD).status()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws Exception {
        try (TestServer server = TestServer.start(e -> e.respond(Response.text(e.rawPath())));
                RawConnection connection = server.connect()) {
            for (String path : List.of("/a", "/b", "/c")) {
                connection.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(connection.read().body()).isEqualTo(path);
            }
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws Exception {
        try (TestServer server = TestServer.start(e -> e.respond(Response.text(e.rawPath())));
                RawConnection connection = server.connect()) {
            connection.send(GET.replace("/ ", "/a ") + GET.replace("/ ", "/b ") + GET.replace("/ ", "/c "));

            assertThat(List.of(
                            connection.read().body(),
                            connection.read().body(),
                            connection.read().body()))
                    .containsExactly("/a", "/b", "/c");
        }
    }

    @Test
    void answersOnce() throws Exception {
        CompletableFuture<Delivery> second = new CompletableFuture<>();
        HttpGateway gateway = e -> {
            e.respond(Response.text("first"));
            second.complete(e.respond(Response.text("second")));
        };

        try (TestServer server = TestServer.start(gateway)) {
            assertThat(server.ask(GET).body()).isEqualTo("first");
            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(Delivery.LATE);
        }
    }

    @Test
    void answersLaterFromAnotherThread() throws Exception {
        CompletableFuture<HttpExchange> left = new CompletableFuture<>();

        try (TestServer server = TestServer.start(left::complete);
                RawConnection connection = server.connect()) {
            connection.send(GET);
            left.get(10, TimeUnit.SECONDS).respond(Response.text("later"));

            assertThat(connection.read().body()).isEqualTo("later");
        }
    }

    @Test
    void answersForAHandlerThatHangsAndGivesTheConnectionUp() throws Exception {
        CompletableFuture<HttpExchange> running = new CompletableFuture<>();
        CountDownLatch release = new CountDownLatch(1);
        HttpGateway hanging = e -> {
            running.complete(e);
            Gateways.waitFor(release);
        };

        try (TestServer server = TestServer.start(hanging);
                RawConnection connection = server.connect()) {
            connection.send(GET);
            running.get(10, TimeUnit.SECONDS).respond(Response.text("late"));
            var answer = connection.read();
            release.countDown();

            assertThat(answer.body()).isEqualTo("late");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void answersForAHandlerThatHangsInTheBody() throws Exception {
        CompletableFuture<HttpExchange> running = new CompletableFuture<>();
        HttpGateway reading = e -> {
            running.complete(e);
            Gateways.readingLength().handle(e);
        };

        try (TestServer server = TestServer.start(reading);
                RawConnection connection = server.connect()) {
            connection.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe");
            running.get(10, TimeUnit.SECONDS).respond(Response.text("late"));

            assertThat(connection.read().body()).isEqualTo("late");
            assertThat(connection.endOutput().isClosed()).isTrue();
        }
    }

    @Test
    void answers500WhenTheGatewayFails() throws Exception {
        HttpGateway failing = e -> {
            throw new StackOverflowError();
        };

        try (TestServer server = TestServer.start(failing);
                RawConnection connection = server.connect()) {
            var answer = connection.send(GET).read();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("\"code\":\"INTERNAL\"").doesNotContain("StackOverflow");
            assertThat(connection.send(GET).read().status()).isEqualTo(500);
        }
    }

    @Test
    void namesNoSoftware() throws Exception {
        var answer = ask(Response.text("x").with("Server", "plugin/1").with("X-Powered-By", "plugin"));

        assertThat(answer.fields()).doesNotContainKeys("Server", "X-Powered-By");
    }

    @Test
    void keepsWhatTheGatewayTellsPlugins() throws Exception {
        var answer =
                ask(Response.text("hello").with("X-Mortise-User", "mallory").with("x-mortise-token", "forged"));

        assertThat(answer.fields()).doesNotContainKeys("X-Mortise-User", "x-mortise-token");
    }

    @Test
    void stripsFieldsOfTheConnection() throws Exception {
        var answer = ask(new Response(
                200,
                Headers.of(Map.of(
                        "Connection", List.of("close, X-Secret"),
                        "X-Secret", List.of("1"),
                        "Keep-Alive", List.of("timeout=1"),
                        "Transfer-Encoding", List.of("chunked"),
                        "Upgrade", List.of("h2c"),
                        "Trailer", List.of("X-Last"),
                        "Date", List.of("yesterday"),
                        "Content-Length", List.of("999"),
                        "X-Kept", List.of("1", "2"))),
                Body.of("hello")));

        assertThat(answer.fields()).containsOnlyKeys("Date", "X-Kept", "Content-Length");
        assertThat(answer.field("Content-Length")).isEqualTo("5");
        assertThat(answer.field("X-Kept")).isEqualTo("1,2");
        assertThat(answer.field("Date")).endsWith(" GMT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "\u001b[31m"})
    void refusesAFieldThatWouldSplitTheAnswer(String value) throws Exception {
        var answer = ask(Response.text("x").with("X-Field", value));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.fields()).doesNotContainKeys("X-Field", "X-Evil", "Content-Type");
        assertThat(answer.body()).contains("the value of field 'X-Field' holds a control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X Field", "X-Field:", "", "X\r\nEvil"})
    void refusesANameThatIsNone(String name) throws Exception {
        assertThat(ask(Response.text("x").with(name, "1")).status()).isEqualTo(500);
    }

    @Test
    void waitsForAnotherAnswerWhenFieldsThrow() throws Exception {
        Headers broken = (Headers) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Headers.class}, (proxy, method, args) -> {
                    throw new IllegalStateException("broken fields");
                });

        var answer = ask(new Response(200, broken, Body.of("x")));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("broken fields");
    }

    private static RawConnection.Answer ask(Response response) throws Exception {
        try (TestServer server = TestServer.start(Gateways.writing(response))) {
            return server.ask(GET);
        }
    }
}
