// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.AwaitedContent;
import dev.mortise.kernel.port.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the body of a request tells of who waits for it. */
@Timeout(60)
class AwaitedContentTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n";
    private static final long LONG = TimeUnit.HOURS.toNanos(1);
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicReference<Body> body = new AtomicReference<>(Body.empty());
    private final AtomicReference<Thread> reader = new AtomicReference<>();

    @Test
    void tellsThatItsReaderWaitsAndWhetherItDidForLong() throws Exception {
        try (TestServer server = TestServer.start(this::read);
                RawConnection connection = server.connect()) {
            connection.send(POST + "on");
            await().during(Duration.ofMillis(200)).until(() -> AwaitedContent.held(body.get(), LONG));
            connection.send("ce");

            assertThat(connection.read().body()).isEqualTo("long: false, short: true");
        }
    }

    @Test
    void tellsNothingOfWhatWasThere() throws Exception {
        try (TestServer server = TestServer.start(this::read);
                RawConnection connection = server.connect()) {
            connection.send(POST + "once").read();
            connection.send(POST + "once");

            assertThat(connection.read().body()).startsWith("long: false");
        }
    }

    @Test
    void tellsThatItsReaderWaitedWhenItWasInterrupted() throws Exception {
        try (TestServer server = TestServer.start(this::read);
                RawConnection connection = server.connect()) {
            connection.send(POST + "on");
            await().during(Duration.ofMillis(100)).until(() -> AwaitedContent.held(body.get(), LONG));
            reader.get().interrupt();

            assertThat(connection.read().body()).startsWith("interrupted, long: true");
        }
    }

    private void read(HttpExchange exchange) {
        reader.set(Thread.currentThread());
        body.set(exchange.body());
        String ended = "";
        try {
            exchange.body().buffer();
        } catch (IOException e) {
            Thread.interrupted();
            ended = "interrupted, ";
        }
        exchange.respond(Response.text("%slong: %s, short: %s"
                .formatted(ended, AwaitedContent.held(body.get(), LONG), AwaitedContent.held(body.get(), SHORT))));
    }
}
