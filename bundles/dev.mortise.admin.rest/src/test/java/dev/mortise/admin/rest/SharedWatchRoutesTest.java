// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static dev.mortise.testkit.call.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.admin.Tokens.Token;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import dev.mortise.kernel.port.SharedDataStore.StreamLimits;
import dev.mortise.kernel.port.SharedDataStore.Write;
import dev.mortise.kernel.shared.MemorySharedDataStore;
import dev.mortise.testkit.call.RequestBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SharedWatchRoutesTest {
    private static final String PATH = "/api/v1/shared-data/watch";
    private static final Space ACME = new Space(new TenantId("acme"), "n");

    private final MemorySharedDataStore store = new MemorySharedDataStore(
            Clock.systemUTC(), new StreamLimits(3, 2, Duration.ofSeconds(60), Duration.ofMillis(1_100)));
    private final AtomicBoolean serving = new AtomicBoolean(true);
    private final SharedWatchRoutes routes = new SharedWatchRoutes(store, new Serving(), new JacksonJsonFactory());
    private final Surface surface = new Surface(routes);

    @Test
    void sendsWhatChangesUntilTheContainerStops() throws Exception {
        Response response = surface.call("GET", PATH, reports("acme"));
        assertThat(response.headers().first("Content-Type")).contains("text/event-stream");
        assertThat(response.headers().first("Cache-Control")).contains("no-store");
        Sent sent = new Sent();
        CompletableFuture<Void> writing = writing(response, sent);

        set("eur\"\n".strip());
        await().until(() -> sent.text().contains("event: set"));
        store.delete(ACME.key("eur\""), Optional.of("shop"));
        await().until(() -> sent.text().contains("event: deleted"));
        await().until(() -> sent.text().endsWith("\n\n:\n\n"));
        serving.set(false);
        writing.join();

        assertThat(sent.text())
                .startsWith("retry: 1000\nid: 0\n\nid: 1\nevent: set\n"
                        + "data: {\"namespace\":\"n\",\"key\":\"eur\\\"\",\"version\":1,\"kind\":\"set\"}\n\n"
                        + "id: 1\nevent: deleted\n");
        assertThat(store.watched()).isZero();
    }

    @Test
    void goesOnBehindTheLastEvent() throws Exception {
        set("a");
        set("b");
        long seen = ((Stored) store.get(ACME.key("a"), Optional.empty())).revision();
        serving.set(true);
        Sent sent = new Sent();

        CompletableFuture<Void> writing =
                writing(surface.call("GET", PATH, reports("acme").header("Last-Event-ID", Long.toString(seen))), sent);

        await().until(() -> sent.text().contains("\"key\":\"b\""));
        serving.set(false);
        writing.join();
        assertThat(sent.text()).doesNotContain("\"key\":\"a\"");
        surface.refuses("GET", PATH, reports("acme").header("Last-Event-ID", "yesterday"), ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void givesSoManyPlacesAndTakesThemBack() throws Exception {
        Response first = surface.call("GET", PATH, reports("acme"));
        surface.call("GET", PATH, reports("acme"));
        assertThat(surface.refuses("GET", PATH, reports("acme"), ErrorCode.RATE_LIMITED))
                .hasMessageContaining("'shared.streams.each'");
        surface.call("GET", PATH, reports("beta"));
        surface.refuses("GET", PATH, reports("beta"), ErrorCode.SERVICE_UNAVAILABLE);

        Unread.discard(first.body());
        Unread.discard(first.body());

        assertThat(surface.call("GET", PATH, reports("acme")).status()).isEqualTo(200);
        surface.refuses("GET", PATH, reports("beta"), ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void endsWhenTheClientHasLeft() throws Exception {
        Response response = surface.call("GET", PATH, reports("acme"));

        CompletableFuture<Void> writing = writing(response, new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        });

        await().until(writing::isCompletedExceptionally);
        assertThat(store.watched()).isZero();
    }

    @Test
    void endsWhenItsTokenIsRevoked() throws Exception {
        AtomicReference<List<Token>> known = new AtomicReference<>(List.of(token("2"), token("3")));
        routes.bindTokens(new Known(known));
        Sent sent = new Sent();
        CompletableFuture<Void> writing = writing(surface.call("GET", PATH, reports("acme")), sent);

        await().until(() -> sent.text().endsWith("\n\n:\n\n"));
        assertThat(writing).isNotDone();
        known.set(List.of(token("3")));

        await().until(writing::isDone);
        assertThat(store.watched()).isZero();
    }

    private static Token token(String id) {
        return new Token(id, "plugin", Optional.of("reports"), Optional.empty(), Instant.EPOCH, Optional.empty());
    }

    private record Known(AtomicReference<List<Token>> tokens) implements Tokens {
        @Override
        public Created create(NewToken order) {
            throw new IllegalStateException("Nobody makes any here.");
        }

        @Override
        public List<Token> list() {
            return tokens.get();
        }

        @Override
        public boolean revoke(String id) {
            throw new IllegalStateException("Nobody revokes any here.");
        }
    }

    @Test
    void watchesNothingForNobodyAndNowhere() {
        surface.refuses("GET", PATH, request("GET", "/").in(Requests.plugin("acme")), ErrorCode.VALIDATION_FAILED);
        surface.refuses("GET", PATH, Requests.admin().query("namespace", "n"), ErrorCode.TENANT_REQUIRED);
        surface.refuses("GET", PATH, reports("acme").query("key", "\n"), ErrorCode.VALIDATION_FAILED);
        assertThat(store.watched()).isZero();
    }

    private void set(String key) {
        store.set(ACME.key(key), new Write("shop", "1", Optional.empty()));
    }

    private static RequestBuilder reports(String tenant) {
        return request("GET", "/").in(Requests.plugin(tenant)).query("namespace", "n");
    }

    private static CompletableFuture<Void> writing(Response response, OutputStream sink) {
        return CompletableFuture.runAsync(() -> {
            try {
                response.body().writeTo(sink);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static final class Sent extends ByteArrayOutputStream {
        synchronized String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }

    private final class Serving implements Health {
        @Override
        public Report report() {
            throw new IllegalStateException("Nobody asks for it here.");
        }

        @Override
        public boolean ready() {
            return serving.get();
        }
    }
}
