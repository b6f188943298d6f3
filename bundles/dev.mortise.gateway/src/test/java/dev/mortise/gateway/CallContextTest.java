// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.BoundContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallContextTest {
    private final AtomicReference<Request> seen = new AtomicReference<>();
    private final TestPlugin echo = plugin("echo").route("GET", "/", request -> {
        seen.set(request);
        return Response.text(String.valueOf(BoundContext.find().equals(Optional.of(request.context()))));
    });
    private final TestGateway gateway = TestGateway.open(echo);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void bindsTheContextToTheHandlersThreadAndUnbindsIt() {
        assertThat(send(get("/api/v1/p/echo")).text()).isEqualTo("true");
        assertThat(BoundContext.find()).isEmpty();
    }

    @Test
    void saysWhoCallsForWhichTenantAndUntilWhen() {
        send(get("/api/v1/p/echo"));

        CallContext context = seen.get().context();
        assertThat(context.identity()).isEqualTo(FakeAccess.ALICE);
        assertThat(context.tenant()).isEqualTo(FakeAccess.ALICE.tenant());
        assertThat(context.caller()).isEmpty();
        assertThat(context.hop()).isZero();
        assertThat(context.remaining().toSeconds()).isBetween(25L, 30L);
    }

    @Test
    void runsTheHandlerWithItsPluginsClassLoaderAndPutsBackTheOneBefore() {
        AtomicReference<ClassLoader> during = new AtomicReference<>();
        TestPlugin loaded = plugin("loaded").route("GET", "/", request -> {
            during.set(Thread.currentThread().getContextClassLoader());
            return Response.status(204);
        });
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        gateway.put(loaded).send(get("/api/v1/p/loaded").as("alice"));

        assertThat(during.get()).isSameAs(loaded.loader());
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void runsABodyThatWritesItselfAsThePluginToo() {
        TestPlugin stream = plugin("stream")
                .route(
                        "GET",
                        "/",
                        request -> Response.of(
                                200,
                                "text/plain",
                                Body.writing(sink -> sink.write(BoundContext.require("the body")
                                        .requestId()
                                        .getBytes(StandardCharsets.UTF_8)))));
        gateway.put(stream);

        FakeExchange answer = gateway.send(get("/api/v1/p/stream").as("alice").reading());

        assertThat(answer.written()).isEqualTo(answer.field("X-Request-Id"));
    }

    @Test
    void takesTheRequestIdOfTheCaller() {
        FakeExchange answer = send(get("/api/v1/p/echo").with("X-Request-Id", "order-4711_a.b"));

        assertThat(seen.get().context().requestId()).isEqualTo("order-4711_a.b");
        assertThat(answer.field("X-Request-Id")).isEqualTo("order-4711_a.b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u001b[31m", "ä", "x<script>", "a,b"})
    void makesARequestIdWhenThatOfTheCallerIsNotHarmless(String given) {
        FakeExchange answer = send(get("/api/v1/p/echo").with("X-Request-Id", given));

        assertThat(answer.field("X-Request-Id")).isNotEqualTo(given).matches("[0-9a-f]{16}");
    }

    @Test
    void makesARequestIdWhenThatOfTheCallerIsTooLong() {
        FakeExchange answer = send(get("/api/v1/p/echo").with("X-Request-Id", "a".repeat(65)));

        assertThat(answer.field("X-Request-Id")).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01, false",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01, false",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01, false",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7, false",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, false"
    })
    void passesAWellFormedTraceparentOn(String given, boolean taken) {
        send(get("/api/v1/p/echo").with("traceparent", given));

        assertThat(seen.get().context().traceparent().isPresent()).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Tenant-Id",
                "x-tenant-id",
                "X_Tenant_Id",
                "X.Tenant.Id",
                "x_tenant-ID",
                "X-Tenant",
                "X-Mortise-User",
                "x.mortise_token",
                "X-Caller-Id",
                "X-CALLER",
                "X-Plugin-Id",
                "X-User-Id",
                "X_User",
                "Forwarded",
                "X-Forwarded-For",
                "X_Forwarded_Host",
                "x.forwarded.proto",
                "Authorization",
                "authorization",
                "Proxy-Authorization",
                "Cookie",
                "Connection",
                "Keep-Alive",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Proxy-Connection",
                "HTTP2-Settings"
            })
    void hidesFieldsThatClaimAnIdentityOrSpeakOfTheConnection(String name) {
        FakeExchange exchange = get("/api/v1/p/echo").as("alice");

        gateway.send(name.equalsIgnoreCase("Authorization") ? exchange : exchange.with(name, "acme"));

        assertThat(seen.get().headers().first(name)).isEmpty();
        assertThat(seen.get().headers().all(name.toUpperCase(Locale.ROOT))).isEmpty();
        assertThat(seen.get().headers().names()).isEmpty();
        assertThat(seen.get().headers().with("A", "b").names()).containsExactly("A");
    }

    @Test
    void hidesWhatTheConnectionFieldNames() {
        send(get("/api/v1/p/echo")
                .with("Connection", "close, X-Private")
                .with("x-private", "1")
                .with("X-Public", "2"));

        assertThat(seen.get().headers().first("X-Private")).isEmpty();
        assertThat(seen.get().headers().names()).containsExactly("X-Public");
        assertThat(seen.get().headers().first("x-public")).contains("2");
    }

    @Test
    void stampsEveryAnswerWithTheOneRequestId() {
        gateway.put(plugin("own").route("GET", "/", request -> Response.text("x")
                .with("x-request-id", "mine")
                .with("X-Kept", "1")));

        FakeExchange answer = gateway.send(get("/api/v1/p/own").as("alice").with("X-Request-Id", "yours"));

        Headers fields = answer.answer().headers();
        assertThat(fields.names()).containsExactlyInAnyOrder("Content-Type", "X-Kept", "X-Request-Id");
        assertThat(fields.all("x-request-id")).containsExactly("yours");
        assertThat(fields.with("A", "b").first("a")).contains("b");
        assertThat(fields.first("x-kept")).contains("1");
    }

    private FakeExchange send(FakeExchange exchange) {
        return gateway.send(exchange.as("alice"));
    }
}
