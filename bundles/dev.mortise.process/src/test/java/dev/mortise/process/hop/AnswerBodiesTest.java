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
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerBodiesTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String LONG = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    private static final int MEGABYTES = 64;

    private final TestHops hops = new TestHops();

    @AfterEach
    void close() {
        hops.close();
    }

    @Test
    void handsOnWhatComesWhileItComes() throws Exception {
        CountDownLatch head = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED);
                    TestHops.await(head);
                    talk.write("3\r\none\r\n");
                    TestHops.await(first);
                    talk.write("3\r\ntwo\r\n0\r\n\r\n");
                    talk.readHead();
                    talk.write(OK);
                });
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.hops.send(peer, TestHops.streaming());
            assertThat(answer.body().buffered()).isFalse();
            assertThat(answer.body().length()).isEqualTo(OptionalLong.empty());
            head.countDown();
            try (InputStream in = answer.body().stream()) {
                assertThat(in.readNBytes(3)).asString().isEqualTo("one");
                first.countDown();
                assertThat(in.readAllBytes()).asString().isEqualTo("two");
            }

            assertThat(hops.get(peer, "/").status()).isEqualTo(200);
            assertThatThrownBy(() -> answer.body().stream()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void handsOnEachPieceBeforeTheNextOneIsThere() throws Exception {
        GatheringSink client = new GatheringSink();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED);
                    client.awaitFlushed("");
                    talk.write("3\r\none\r\n");
                    client.awaitFlushed("one");
                    talk.write("3\r\ntwo\r\n");
                    client.awaitFlushed("onetwo");
                    talk.write("0\r\n\r\n").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            hops.hops.send(peer, TestHops.streaming()).body().writeTo(client);

            assertThat(client.flushed()).isEqualTo("onetwo");
        }
    }

    @Test
    void leavesContentOfKnownLengthToTheBuffersOfWhoTakesIt() throws Exception {
        String content = "x".repeat(100_000);
        try (RawPeer raw = RawPeer.answering(LONG + content);
                Peer peer = hops.peer(raw.port())) {
            GatheringSink client = new GatheringSink();
            hops.get(peer, "/").body().writeTo(client);

            assertThat(client.flushes()).isZero();
            assertThat(client.written()).isEqualTo(content);
        }
    }

    @Test
    void endsTheCallWhenWhoTakesItsPiecesHasLeft() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED + "3\r\none\r\n").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            Body body = hops.hops.send(peer, TestHops.streaming()).body();
            OutputStream left = new OutputStream() {
                @Override
                public void write(int b) {}

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    throw new IOException("left");
                }
            };

            assertThatThrownBy(() -> body.writeTo(new BufferedOutputStream(left)))
                    .hasMessage("left");
            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
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
            TestHops.eventually().during(Duration.ofMillis(300)).until(written::get, new Steady(MEGABYTES));
            AtomicLong read = new AtomicLong();
            answer.body().writeTo(new OutputStream() {
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
    void endsTheCallWhenItsAnswerIsClosedEarly() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED + "3\r\none\r\n").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            InputStream in = hops.hops.send(peer, TestHops.streaming()).body().stream();
            assertThat(in.read()).isEqualTo('o');
            in.close();

            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsABodyThatWasGivenBackFromOneThatWasTaken() throws Exception {
        try (RawPeer raw = RawPeer.answering(LONG + "x".repeat(100_000));
                Peer peer = hops.peer(raw.port())) {
            Body unread = hops.get(peer, "/").body();
            ((Closeable) unread).close();
            assertThatThrownBy(unread::text)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was given back unread");

            Body read = hops.get(peer, "/").body();
            read.stream().close();
            ((Closeable) read).close();
            assertThatThrownBy(read::text)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was taken as a stream already");
        }
    }

    @Test
    void tellsAnAnswerThatBreaksOffFromOneThatEnds() throws Exception {
        for (String half : List.of(
                CHUNKED + "5\r\nhal", CHUNKED + "3\r\none\r\n", CHUNKED + "3\r\none\r\nxyz\r\n", LONG + "half")) {
            try (RawPeer raw = new RawPeer(talk -> {
                        talk.readHead();
                        talk.write(half).socket.shutdownOutput();
                        talk.readToEnd();
                    });
                    Peer peer = hops.peer(raw.port())) {
                Body body = hops.hops.send(peer, TestHops.streaming()).body();

                assertThatThrownBy(body::buffer)
                        .isInstanceOf(IOException.class)
                        .hasMessage("The answer broke off.")
                        .cause()
                        .isInstanceOfSatisfying(RemoteFault.class, lost -> assertThat(lost.kind())
                                .isEqualTo(RemoteFault.Kind.LOST));
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
        hops.warm();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(LONG + "one").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            Body body = hops.hops.send(peer, TestHops.within(2000)).body();

            assertThat(catchThrowable(body::buffer))
                    .hasMessageNotContaining("127.0.0.1")
                    .isInstanceOfSatisfying(MortiseException.class, late -> assertThat(late.code())
                            .isEqualTo(ErrorCode.DEADLINE_EXCEEDED))
                    .cause()
                    .isInstanceOfSatisfying(
                            RemoteFault.class, late -> assertThat(late.kind()).isEqualTo(RemoteFault.Kind.LATE));
            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }

    @Test
    void endsAnAnswerThatNobodyReadsAtItsDeadline() throws Exception {
        hops.warm();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(LONG + "one").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            hops.hops.send(peer, TestHops.within(2000));

            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }

    @Test
    void letsAStreamGoOnPastTheDeadlineButNotBeSilent() throws Exception {
        hops.warm();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED);
                    for (int i = 0; i < 25; i++) {
                        talk.write("3\r\none\r\n");
                        TestHops.eventually().pollDelay(Duration.ofMillis(100)).until(() -> true);
                    }
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            Body body = hops.hops
                    .send(peer, new Outgoing("GET", "/", Headers.none(), Body.empty(), TestHops.deadline(2000), true))
                    .body();
            InputStream in = body.stream();

            assertThat(in.readNBytes(75)).hasSize(75);
            assertThatThrownBy(in::read).isInstanceOf(MortiseException.class);
        }
    }
}
