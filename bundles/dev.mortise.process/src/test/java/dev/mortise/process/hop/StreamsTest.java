// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsTest {
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
                await(first);
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
                    await(read);
                    while (!talk.readChunk().isEmpty()) {}
                    talk.write(OK);
                });
                Peer peer = hops.peer(raw.port())) {
            Thread watcher = new Thread(() -> {
                TestHops.eventually().during(java.time.Duration.ofMillis(300)).until(taken::get, new Steady());
                read.countDown();
            });
            watcher.start();
            hops.post(peer, Body.writing(sink -> {
                for (int i = 0; i < MEGABYTES; i++) {
                    sink.write(new byte[1 << 20]);
                    taken.incrementAndGet();
                }
            }));

            watcher.join();
            assertThat(taken).hasValue(MEGABYTES);
        }
    }

    /** Holds while a count is neither zero nor all. */
    private static final class Steady extends org.hamcrest.TypeSafeMatcher<Long> {
        private long last = -1;

        @Override
        protected boolean matchesSafely(Long now) {
            boolean same = now == last && now < MEGABYTES;
            last = now;
            return same;
        }

        @Override
        public void describeTo(org.hamcrest.Description description) {
            description.appendText("a steady count below " + MEGABYTES);
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
    void handsOnWhatComesWhileItComes() throws Exception {
        CountDownLatch head = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED);
                    await(head);
                    talk.write("3\r\none\r\n");
                    await(first);
                    talk.write("3\r\ntwo\r\n0\r\n\r\n");
                    talk.readHead();
                    talk.write(OK);
                });
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.get(peer, "/");
            assertThat(answer.body().buffered()).isFalse();
            assertThat(answer.body().length()).isEqualTo(OptionalLong.empty());
            head.countDown();
            try (InputStream in = answer.body().stream()) {
                assertThat(in.readNBytes(3)).asString().isEqualTo("one");
                first.countDown();
                assertThat(in.readAllBytes()).asString().isEqualTo("two");
            }

            assertThat(hops.get(peer, "/").status()).isEqualTo(200);
            assertThat(raw.connections).hasValue(1);
            assertThatThrownBy(() -> answer.body().stream()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void readsNoFasterThanItsReader() throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write("HTTP/1.1 200 OK\r\nContent-Length: " + (MEGABYTES << 20) + "\r\n\r\n");
                    for (int i = 0; i < MEGABYTES; i++) {
                        talk.out.write(new byte[1 << 20]);
                        written.incrementAndGet();
                    }
                });
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.get(peer, "/");
            TestHops.eventually().during(java.time.Duration.ofMillis(300)).until(written::get, new Steady());
            AtomicLong read = new AtomicLong();
            answer.body().writeTo(new java.io.OutputStream() {
                @Override
                public void write(int b) {
                    read.incrementAndGet();
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    read.addAndGet(length);
                }
            });

            assertThat(read).hasValue((long) MEGABYTES << 20);
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
                    talk.write("HTTP/1.1 413 X\r\nContent-Length: 5\r\n\r\nlarge");
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.post(peer, Body.writing(sink -> {
                try {
                    sink.write(1);
                    sink.flush();
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ended.countDown();
                    throw new InterruptedIOException();
                }
            }));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body().text()).isEqualTo("large");
            ended.await();
            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }

    @Test
    void endsTheCallWhenItsAnswerIsClosedEarly() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED + "3\r\none\r\n").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            InputStream in = hops.get(peer, "/").body().stream();
            assertThat(in.read()).isEqualTo('o');
            in.close();

            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsAnAnswerThatBreaksOffFromOneThatEnds() throws Exception {
        for (String half : java.util.List.of(
                CHUNKED + "5\r\nhal",
                CHUNKED + "3\r\none\r\n",
                CHUNKED + "3\r\none\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf")) {
            try (RawPeer raw = new RawPeer(talk -> {
                        talk.readHead();
                        talk.write(half).socket.shutdownOutput();
                        talk.readToEnd();
                    });
                    Peer peer = hops.peer(raw.port())) {
                Body body = hops.get(peer, "/").body();

                assertThatThrownBy(body::buffer).isInstanceOf(IOException.class).hasMessageContaining("broke off");
            }
        }
    }

    @Test
    void readsAnAnswerThatEndsWithItsConnection() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it");
                });
                Peer peer = hops.peer(raw.port())) {
            assertThat(hops.get(peer, "/").body().text()).isEqualTo("all of it");
        }
    }

    @Test
    void holdsNoMoreInMemoryThanAllowed() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write("HTTP/1.1 200 OK\r\nContent-Length: " + ((1 << 20) + 1) + "\r\n\r\n");
                    talk.out.write(new byte[(1 << 20) + 1]);
                });
                Peer peer = hops.peer(raw.port())) {
            assertThatThrownBy(() -> hops.get(peer, "/").body().buffer())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("hop.answer.max.mb");
        }
    }

    @Test
    void isLateWhenTheRestOfAnAnswerIs() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED + "3\r\none\r\n").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            Body body = hops.hops.send(peer, TestHops.within(3000)).body();

            assertThat(catchThrowable(body::buffer))
                    .isInstanceOfSatisfying(MortiseException.class, late -> assertThat(late.code())
                            .isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }

    @Test
    void endsAnAnswerThatNobodyReadsAtItsDeadline() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED + "3\r\none\r\n").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            hops.hops.send(peer, TestHops.within(3000));

            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }

    @Test
    void letsAStreamGoOnPastTheDeadlineButNotBeSilent() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED);
                    for (int i = 0; i < 30; i++) {
                        talk.write("3\r\none\r\n");
                        TestHops.eventually()
                                .pollDelay(java.time.Duration.ofMillis(100))
                                .until(() -> true);
                    }
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            Body body = hops.hops
                    .send(peer, new Outgoing("GET", "/", Headers.none(), Body.empty(), TestHops.deadline(2000), true))
                    .body();
            InputStream in = body.stream();

            assertThat(in.readNBytes(90)).hasSize(90);
            assertThatThrownBy(in::read).isInstanceOf(MortiseException.class);
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedIOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }
}
