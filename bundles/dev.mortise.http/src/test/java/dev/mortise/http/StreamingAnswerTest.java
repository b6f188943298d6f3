// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StreamingAnswerTest {
    private static final HttpGateway ECHO =
            e -> Gateways.writing(Response.of(200, "text/plain", e.body())).handle(e);
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
    void sendsEachPieceOfAnEchoAsItComes() throws Exception {
        try (TestServer server = TestServer.start(ECHO);
                RawConnection connection = server.connect()) {
            connection.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            connection.readStart();
            assertThat(connection.chunk()).isEqualTo("one");
            connection.send("3\r\ntwo\r\n");
            assertThat(connection.chunk()).isEqualTo("two");
            assertThat(connection.send("0\r\n\r\n").chunk()).isEmpty();
        }
    }

    @Test
    void keepsAnEchoOfKnownLengthUntilItIsWorthAWrite() throws Exception {
        try (TestServer server = TestServer.start(ECHO);
                RawConnection connection = server.connect()) {
            connection
                    .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nhal")
                    .endOutput();

            // Nothing of it was sent, so that its fault could still be told.
            assertThat(connection.read().status()).isEqualTo(500);
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

        assertThat(delivered(broken, connection -> {
                    assertThatThrownBy(connection::chunksToTheEnd).isInstanceOf(IOException.class);
                }))
                .isInstanceOfSatisfying(Delivery.BrokenOff.class, end -> assertThat(end.byClient())
                        .isFalse());
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
            assertThat(answer.fields()).doesNotContainKey("Content-Type");
            assertThat(answer.body()).isEqualTo("early");
        }
    }

    @Test
    void endsTheWriterWhenTheClientLeaves() throws Exception {
        Body endless = Body.writing(sink -> {
            while (true) {
                sink.write(new byte[10_000]);
            }
        });

        assertThat(delivered(endless, RawConnection::close))
                .isInstanceOfSatisfying(Delivery.BrokenOff.class, end -> assertThat(end.byClient())
                        .isTrue());
    }

    private interface Client {
        void afterTheStart(RawConnection connection) throws IOException;
    }

    /** Answers what becomes of a stream whose client gets the start of it. */
    private static Delivery delivered(Body body, Client client) throws Exception {
        CompletableFuture<Delivery> delivered = new CompletableFuture<>();
        HttpGateway gateway = e -> delivered.complete(e.respond(Response.of(200, "text/event-stream", body)));
        try (TestServer server = TestServer.start(gateway);
                RawConnection connection = server.connect()) {
            assertThat(connection.send(GET).readStart().status()).isEqualTo(200);
            client.afterTheStart(connection);
            return delivered.get(10, TimeUnit.SECONDS);
        }
    }

    private static HttpGateway streaming(Body body) {
        return Gateways.writing(Response.of(200, "text/event-stream", body));
    }
}
