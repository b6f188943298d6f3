// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that come before the end of their request: the one who asked may go on with its body. */
@Timeout(60)
class EarlyAnswersTest {
    private static final long A_WHILE_NANOS = 200_000_000;

    private final TestHops hops = new TestHops();
    /** A chunk that is more than an answer has that is waited for. */
    private static final String LONG = "186a0\r\n" + "n".repeat(100_000) + "\r\n";

    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch paused = new CountDownLatch(1);
    private final AtomicBoolean read = new AtomicBoolean();

    @AfterEach
    void close() {
        never.countDown();
        hops.close();
    }

    @Test
    void endWhenNobodyReadsTheBodyAnyMore() throws Exception {
        try (RawPeer raw = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.post(peer, slowToStop());

            assertThat(read).as("is read").isFalse();
            assertThat(answer.body().text()).isEqualTo("no");
        }
    }

    @Test
    void thatStreamEndWhenNobodyReadsTheBodyAnyMore() throws Exception {
        try (RawPeer raw = answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + LONG + "0\r\n\r\n");
                Peer peer = hops.peer(raw.port());
                InputStream in = hops.post(peer, slowToStop()).body().stream()) {
            assertThat(in.readAllBytes()).hasSize(100_000);

            assertThat(read).as("is read").isFalse();
        }
    }

    @Test
    void thatAreClosedLeaveNobodyReadingTheBody() throws Exception {
        try (RawPeer raw = answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + LONG);
                Peer peer = hops.peer(raw.port())) {
            hops.post(peer, slowToStop()).body().stream().close();

            assertThat(read).as("is read").isFalse();
        }
    }

    @Test
    void waitNotForEverForABodyThatHearsOfNoInterrupt() throws Exception {
        try (RawPeer raw = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.post(peer, body(EarlyAnswersTest::awaitWhateverComes));

            assertThat(read).as("is read").isTrue();
            assertThat(answer.body().text()).isEqualTo("no");
        }
    }

    /** Answers when the body has begun and waits, whatever more is on its way. */
    private RawPeer answering(String answer) throws IOException {
        return new RawPeer(talk -> {
            talk.readHead();
            talk.readChunk();
            TestHops.await(paused); // before that an interrupt would end what it writes, not what it waits for
            talk.write(answer);
            talk.readToEnd();
        });
    }

    private Body slowToStop() {
        return body(latch -> {
            try {
                TestHops.await(latch);
            } finally {
                LockSupport.parkNanos(A_WHILE_NANOS);
            }
        });
    }

    private interface Pause {
        void until(CountDownLatch latch) throws InterruptedIOException;
    }

    private Body body(Pause pause) {
        return Body.writing(sink -> {
            read.set(true);
            try {
                sink.write(1);
                sink.flush();
                paused.countDown();
                pause.until(never);
            } finally {
                read.set(false);
            }
        });
    }

    private static void awaitWhateverComes(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.interrupted();
            LockSupport.parkNanos(1_000_000);
        }
    }
}
