// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestBodiesTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final int MEGABYTES = 64;

    private final TestHops hops = new TestHops();

    @AfterEach
    void close() {
        hops.close();
    }

    @Test
    void sendsBytesWithTheirLength() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + talk.read(5));
                });
                Peer peer = hops.peer(raw.port())) {
            assertThat(hops.post(peer, Body.of("hello")).body().text()).isEqualTo("hello");
            assertThat(raw.heads.get(0))
                    .contains("Content-Length: 5")
                    .noneMatch(line -> line.startsWith("Content-Type"));
        }
    }

    @Test
    void saysThatAPostHasNoContent() throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                Peer peer = hops.peer(raw.port())) {
            hops.post(peer, Body.empty());

            assertThat(raw.heads.get(0)).contains("Content-Length: 0");
        }
    }

    @Test
    void sendsAStreamPieceByPieceAsItComes() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    String one = talk.readChunk();
                    first.countDown();
                    String two = talk.readChunk();
                    talk.write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + one + two + talk.readChunk());
                });
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.post(peer, Body.writing(sink -> {
                sink.write("one".getBytes());
                sink.flush();
                TestHops.await(first);
                sink.write("more".getBytes());
            }));

            assertThat(answer.body().text()).isEqualTo("onemore");
            assertThat(raw.heads.get(0)).contains("Transfer-Encoding: chunked");
        }
    }

    @Test
    void takesNoMoreOfAStreamThanThePeerDoes() throws Exception {
        AtomicLong taken = new AtomicLong();
        CountDownLatch read = new CountDownLatch(1);
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    TestHops.await(read);
                    while (!talk.readChunk().isEmpty()) {}
                    talk.write(OK);
                });
                Peer peer = hops.peer(raw.port())) {
            Thread watcher = new Thread(() -> {
                TestHops.eventually().during(Duration.ofMillis(300)).until(taken::get, new Steady(MEGABYTES));
                read.countDown();
            });
            watcher.start();
            hops.post(peer, Body.writing(sink -> {
                for (int i = 0; i < MEGABYTES; i++) {
                    sink.write(new byte[1 << 20]);
                    taken.incrementAndGet();
                }
            }));

            watcher.join(60_000);
            assertThat(taken).hasValue(MEGABYTES);
        }
    }

    @Test
    void touchesNoStreamBeforeThereIsAConnection() throws Exception {
        int port;
        try (RawPeer gone = RawPeer.answering(OK)) {
            port = gone.port();
        }
        AtomicLong touched = new AtomicLong();

        assertThatThrownBy(() -> hops.post(hops.peer(port), Body.writing(sink -> touched.incrementAndGet())))
                .isInstanceOfSatisfying(
                        RemoteFault.class, fault -> assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.NEVER_SENT));
        assertThat(touched).hasValue(0);
    }

    @Test
    void throwsWhatReadingTheBodyThrew() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            MortiseException large = new MortiseException(ErrorCode.PAYLOAD_TOO_LARGE, "too large");
            assertThatThrownBy(() -> hops.post(peer, Body.writing(sink -> {
                        sink.write(1);
                        sink.flush();
                        throw large;
                    })))
                    .isSameAs(large);
            assertThatThrownBy(() -> hops.post(peer, Body.writing(sink -> {
                        throw new IOException("the client left");
                    })))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasRootCauseMessage("the client left");
            // Both connections are gone, for their requests never ended.
            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(2));
        }
    }

    @Test
    void echoesAStreamThatIsLongerThanAllBuffers() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED);
                    for (String chunk = talk.readChunk(); !chunk.isEmpty(); chunk = talk.readChunk()) {
                        talk.write(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
                    }
                    talk.write("0\r\n\r\n");
                    // A connection that is closed with bytes unread is reset, and the answer's end with it.
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.post(peer, Body.writing(sink -> {
                for (int i = 0; i < 32; i++) {
                    sink.write(new byte[1 << 20]);
                }
            }));

            long read = 0;
            try (InputStream in = answer.body().stream()) {
                for (int n = in.read(new byte[65_536]); n >= 0; n = in.read(new byte[65_536])) {
                    read += n;
                }
            }
            assertThat(read).isEqualTo(32L << 20);
        }
    }

    @Test
    void takesAnAnswerThatComesBeforeTheEndOfTheRequest() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.readChunk();
                    talk.write("HTTP/1.1 413 X\r\nContent-Length: 5\r\n\r\nlarge");
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.post(peer, Body.writing(sink -> {
                // The interrupt comes while the byte is flushed or while more is waited for.
                try {
                    sink.write(1);
                    sink.flush();
                    TestHops.await(new CountDownLatch(1));
                } finally {
                    ended.countDown();
                }
            }));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body().text()).isEqualTo("large");
            TestHops.await(ended);
            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }
}
