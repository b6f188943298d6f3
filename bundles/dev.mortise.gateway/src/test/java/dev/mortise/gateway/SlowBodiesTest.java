// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.call.AwaitedContent;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client that sends its body slowly does to others: nothing. */
@Timeout(60)
class SlowBodiesTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final int CALLS = 5;

    private final TestPlugin reports = plugin("reports").needs("site", "site.pages", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(reports);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void leaveTheEndpointOpen() {
        gateway.put(site(request -> Response.text(request.body().text())));
        for (int i = 0; i < CALLS; i++) {
            FakeExchange slow = post(new Endless(true));
            assertThat(slow.status()).isEqualTo(408);
            assertThat(slow.detail())
                    .startsWith("The body of POST /api/v1/p/site/pages did not come to its end within");
        }

        assertThat(post(Body.of("good")).text()).isEqualTo("good");
    }

    @Test
    void leaveTheServiceOpenThatAPluginHandsThemTo() throws Exception {
        gateway.put(site(request -> Response.text(request.body().text())));
        for (int i = 0; i < CALLS; i++) {
            assertThat(handedOn(new Endless(true)).status()).isEqualTo(504);
        }

        assertThat(handedOn(Body.of("good")).text()).isEqualTo("good");
    }

    @Test
    void leaveTheInstanceElsewhereOpen() {
        gateway.remote.at("http://10.0.0.1:9000", request -> {
            try {
                return Response.text(request.body().text());
            } catch (IOException e) {
                throw new RemoteFault(RemoteFault.Kind.LATE, "late", e);
            }
        });
        assertThat(gateway.registry.register(Announced.by(
                        "token-1",
                        "site",
                        Optional.of(site(request -> Response.text("here")).manifest()),
                        "http://10.0.0.1:9000",
                        false)))
                .isInstanceOf(Registry.Registered.Done.class);
        for (int i = 0; i < CALLS; i++) {
            assertThat(call("/api/v1/s/site.pages/pages", "reports", new Endless(true))
                            .status())
                    .isIn(408, 504);
        }

        assertThat(call("/api/v1/s/site.pages/pages", "reports", Body.of("good"))
                        .text())
                .isEqualTo("good");
    }

    @Test
    void areNoExcuseForAHandlerThatDoesNotReadThem() {
        gateway.put(site(request -> {
            new CountDownLatch(1).await();
            return Response.text("never");
        }));
        for (int i = 0; i < 3; i++) {
            assertThat(post(new Endless(false)).status()).isEqualTo(504);
        }

        assertThat(post(Body.of("good")).detail()).contains("is left alone");
    }

    private static TestPlugin site(Handler handler) {
        return plugin("site")
                .within("POST", "/pages", TIMEOUT)
                .offers("site.pages", "1.0.0")
                .route("POST", "/pages", handler);
    }

    private FakeExchange handedOn(Body body) {
        gateway.put(plugin("reports")
                .needs("site", "site.pages", "^1.0.0")
                .endpoint("POST", "/relay")
                .offers("reports.relay", "1.0.0")
                .route("POST", "/relay", request -> {
                    var answer = gateway.client(reports)
                            .service("site.pages")
                            .send(ServiceRequest.of("POST", "/pages").withBody("text/plain", request.body()));
                    return Response.text(answer.body().text());
                }));
        return call("/api/v1/p/reports/relay", "alice", body);
    }

    private FakeExchange post(Body body) {
        return call("/api/v1/p/site/pages", "alice", body);
    }

    private FakeExchange call(String path, String who, Body body) {
        return gateway.send(FakeExchange.of("POST", path).as(who).body(body));
    }

    /** Comes for as long as it is waited for. */
    private record Endless(boolean held) implements Body, AwaitedContent {
        @Override
        public boolean held(long nanos) {
            return held;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public ByteBuffer buffer() throws IOException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new InterruptedIOException();
        }

        @Override
        public InputStream stream() {
            throw new AssertionError("It is read as a whole.");
        }

        @Override
        public void writeTo(OutputStream sink) throws IOException {
            buffer();
        }

        @Override
        public boolean buffered() {
            return false;
        }
    }
}
