// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.kernel.call.BoundContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrossingTest {
    private final TestPlugin caller = plugin("caller").needs("provider", "provider.things", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(caller);
    private final ServiceClient client = gateway.client(caller);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void writesAStreamOfTheProviderAsTheProvider() throws Exception {
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        AtomicReference<String> who = new AtomicReference<>();
        TestPlugin provider = provider(Body.writing(sink -> {
            loader.set(Thread.currentThread().getContextClassLoader());
            who.set(BoundContext.require("the body").caller().orElseThrow());
            sink.write("streamed".getBytes(StandardCharsets.UTF_8));
        }));
        gateway.put(provider);

        Body body = call(Body.empty());
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        body.writeTo(sink);

        assertThat(sink).hasToString("streamed");
        assertThat(loader.get()).isSameAs(provider.loader());
        assertThat(who.get()).isEqualTo("caller");
        assertThat(body.buffered()).isFalse();
        assertThat(body.getClass().getClassLoader()).isSameAs(OriginBody.class.getClassLoader());
    }

    @Test
    void keepsExceptionsOfAStreamOnItsSide() throws Exception {
        gateway.put(provider(Body.writing(sink -> {
            throw new OfThePlugin("broken");
        })));

        Body body = call(Body.empty());

        assertThatThrownBy(body::buffer)
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("broken")
                .satisfies(e -> assertThat(e.getCause()).isExactlyInstanceOf(IOException.class));
    }

    @Test
    void cutsAStreamOfAVersionThatWasRetired() throws Exception {
        gateway.put(provider(Body.writing(sink -> sink.write(1))));
        Body body = call(Body.empty());

        gateway.remove("provider");

        assertThatThrownBy(body::buffer)
                .isInstanceOf(MortiseException.class)
                .hasMessage("The rest of an answer of plugin 'provider' is gone: that version was retired meanwhile.");
    }

    @Test
    void copiesWhatIsOfNobodysKnownClass() throws Exception {
        AtomicReference<Body> body = new AtomicReference<>();
        AtomicReference<Headers> headers = new AtomicReference<>();
        gateway.put(plugin("provider")
                .endpoint("POST", "/x")
                .offers("provider.things", "1.0.0")
                .route("POST", "/x", request -> {
                    body.set(request.body());
                    headers.set(request.headers());
                    return new Response(200, new OwnHeaders(), new OwnBody());
                }));

        var response = BoundContext.call(TestGateway.call(FakeAccess.ALICE), () -> client.service("provider.things")
                .send(new ServiceRequest("POST", "/x", new OwnHeaders(), new OwnBody())));

        assertThat(body.get()).isNotInstanceOf(OwnBody.class);
        assertThat(body.get().text()).isEqualTo("own");
        assertThat(headers.get().first("own")).contains("1");
        assertThat(((VisibleHeaders) headers.get()).sent()).isNotInstanceOf(OwnHeaders.class);
        assertThat(response.body()).isNotInstanceOf(OwnBody.class);
        assertThat(response.headers()).isNotInstanceOf(OwnHeaders.class);
    }

    @Test
    void namesTheCallAsItIsKnownAndNotAsItsCallerSays() throws Exception {
        AtomicReference<Headers> seen = new AtomicReference<>();
        gateway.put(plugin("provider")
                .endpoint("GET", "/x")
                .offers("provider.things", "1.0.0")
                .route("GET", "/x", request -> {
                    seen.set(request.headers());
                    return Response.status(204);
                }));
        Headers forged = Headers.of(
                Map.of("x-request-id", List.of("forged"), "Traceparent", List.of("forged"), "X-Kind", List.of("tea")));

        BoundContext.call(TestGateway.call(FakeAccess.ALICE), () -> client.service("provider.things")
                .send(new ServiceRequest("GET", "/x", forged, Body.empty())));

        assertThat(seen.get().all("X-Request-Id")).containsExactly("request-1");
        assertThat(seen.get().all("traceparent")).isEmpty();
        assertThat(seen.get().names()).containsExactlyInAnyOrder("X-Kind", "X-Request-Id");
    }

    @Test
    void leavesOutWhatIsOfAConnectionOrTheGateways() throws Exception {
        Headers fields = Headers.of(Map.of(
                "Connection", List.of("close, X-Hop"),
                "X-Hop", List.of("1"),
                "transfer-encoding", List.of("chunked"),
                "Content-Length", List.of("999"),
                "X-Mortise-User", List.of("mallory"),
                "X-Kind", List.of("tea")));
        gateway.put(plugin("provider")
                .endpoint("POST", "/x")
                .offers("provider.things", "1.0.0")
                .route("POST", "/x", request -> new Response(200, fields, Body.of("whole"))));

        var answer = BoundContext.call(TestGateway.call(FakeAccess.ALICE), () -> client.service("provider.things")
                .post("/x", Body.empty()));

        assertThat(answer.headers().names()).containsExactly("X-Kind");
        assertThat(answer.body().text()).isEqualTo("whole");
    }

    @Test
    void answersNoBodyToAHead() throws Exception {
        gateway.put(plugin("provider")
                .endpoint("HEAD", "/x")
                .offers("provider.things", "1.0.0")
                .route("HEAD", "/x", request -> Response.text("body")));

        var answer = BoundContext.call(TestGateway.call(FakeAccess.ALICE), () -> client.service("provider.things")
                .send(ServiceRequest.of("HEAD", "/x")));

        assertThat(answer.body().buffer().remaining()).isZero();
        assertThat(answer.body().length()).hasValue(4);
    }

    private static TestPlugin provider(Body answer) {
        return plugin("provider")
                .endpoint("POST", "/x")
                .offers("provider.things", "1.0.0")
                .route("POST", "/x", request -> Response.of(200, "text/plain", answer));
    }

    private Body call(Body body) throws Exception {
        return BoundContext.call(
                TestGateway.call(FakeAccess.ALICE),
                () -> client.service("provider.things").post("/x", body).body());
    }

    /** An exception of the plugin's own class. */
    private static final class OfThePlugin extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OfThePlugin(String message) {
            super(message);
        }
    }

    /** A body of the plugin's own class, against the rule. */
    private static final class OwnBody implements Body {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(3);
        }

        @Override
        public ByteBuffer buffer() {
            return ByteBuffer.wrap("own".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public InputStream stream() {
            return InputStream.nullInputStream();
        }

        @Override
        public void writeTo(OutputStream sink) {}

        @Override
        public boolean buffered() {
            return true;
        }
    }

    /** Fields of the plugin's own class, against the rule. */
    private static final class OwnHeaders implements Headers {
        @Override
        public Optional<String> first(String name) {
            return Optional.of("1");
        }

        @Override
        public List<String> all(String name) {
            return List.of("1");
        }

        @Override
        public Set<String> names() {
            return Set.of("own");
        }

        @Override
        public Headers with(String name, String value) {
            return this;
        }
    }
}
