// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StreamingAnswerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void sendsWhatIsFlushedAtOnce() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        Body events = Body.writing(sink -> {
            sink.write("one".getBytes(StandardCharsets.UTF_8));
            sink.flush();
            Gateways.waitFor(firstSeen);
            sink.write("two".getBytes(StandardCharsets.UTF_8));
        });

        try (TestServer server = TestServer.start(streaming(events));
                RawConnection connection = server.connect()) {
            var start = connection.send(GET).readStart();
            String first = connection.chunk();
            firstSeen.countDown();

            assertThat(start.field("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(first).isEqualTo("one");
            assertThat(connection.chunk()).isEqualTo("two");
            assertThat(connection.chunk()).isEmpty();
            assertThat(connection.send(GET).readStart().status()).isEqualTo(200);
        }
    }

    @Test
    void writesOnTheCallingThread() throws Exception {
        AtomicReference<Thread> writer = new AtomicReference<>();
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        HttpGateway gateway = e -> {
            caller.complete(Thread.currentThread());
            e.respond(Response.of(200, "text/plain", Body.writing(sink -> writer.set(Thread.currentThread()))));
        };

        try (TestServer server = TestServer.start(gateway)) {
            assertThat(server.ask(GET).body()).isEmpty();
        }
        assertThat(writer.get()).isSameAs(caller.getNow(null));
    }

    @Test
    void closesTheConnectionWhenTheWriterFailsHalfway() throws Exception {
        Body broken = Body.writing(sink -> {
            sink.write(new byte[100_000]);
            throw new IllegalStateException("half");
        });

        try (TestServer server = TestServer.start(streaming(broken));
                RawConnection connection = server.connect()) {
            assertThat(connection.send(GET).readStart().status()).isEqualTo(200);
            assertThatThrownBy(connection::chunksToTheEnd).isInstanceOf(IOException.class);
        }
    }

    @Test
    void answers500WhenTheWriterFailsBeforeItsFirstByteIsSent() throws Exception {
        Body broken = Body.writing(sink -> {
            sink.write(1);
            throw new IOException("early");
        });

        try (TestServer server = TestServer.start(streaming(broken))) {
            var answer = server.ask(GET);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.field("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.body()).contains("\"code\":\"INTERNAL\"").doesNotContain("early");
        }
    }

    @Test
    void endsTheWriterWhenTheClientLeaves() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Body endless = Body.writing(sink -> {
            try {
                while (true) {
                    sink.write(new byte[10_000]);
                }
            } catch (IOException e) {
                end.complete(e);
                throw e;
            }
        });

        try (TestServer server = TestServer.start(streaming(endless))) {
            try (RawConnection connection = server.connect()) {
                connection.send(GET).readStart();
            }
            await().atMost(10, TimeUnit.SECONDS).until(end::isDone);
        }
    }

    private static HttpGateway streaming(Body body) {
        return e -> e.respond(Response.of(200, "text/event-stream", body));
    }
}
