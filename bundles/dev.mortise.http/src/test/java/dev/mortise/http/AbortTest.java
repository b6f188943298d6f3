// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer whose writer does not end is ended for its client. */
@Timeout(30)
class AbortTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<HttpExchange> exchange = new CompletableFuture<>();
    private TestServer server;

    @BeforeEach
    void start() throws PortRefused {
        server = TestServer.start(this::handle);
    }

    private void handle(HttpExchange asked) {
        exchange.complete(asked);
        asked.respond(Response.of(200, "text/plain", Body.writing(sink -> {
            sink.write("begun".getBytes(StandardCharsets.US_ASCII));
            sink.flush();
            begun.countDown();
            Gateways.waitFor(release);
        })));
    }

    @AfterEach
    void close() {
        release.countDown();
        server.close();
    }

    @Test
    void closesTheConnection() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(connection.readStart().status()).isEqualTo(200);
            assertThat(connection.chunk()).isEqualTo("begun");

            exchange.join().abort();

            connection.readSome(2);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void resetsTheStreamOfHttp2AndNoOther() throws Exception {
        try (Http2Call call = Http2Call.to(server.port())) {
            var unused = call.begin("GET", "/", "");
            Gateways.waitFor(begun);

            exchange.join().abort();

            await().until(() -> !call.resets().isEmpty());
            release.countDown();
            assertThat(call.send("GET", "/", "").body()).isEqualTo("begun");
        }
    }
}
