// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.testkit.port.MemoryMeters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private final TestHops hops = new TestHops();

    @AfterEach
    void close() {
        hops.close();
    }

    private RemoteFault fault(Peer peer, Outgoing request) {
        return catchThrowableOfType(RemoteFault.class, () -> hops.hops.send(peer, request));
    }

    private RemoteFault fault(Peer peer) {
        return fault(peer, TestHops.within(60_000));
    }

    @Test
    void sendsNothingWhereNobodyListens() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = gone.getLocalPort();
        }

        RemoteFault fault = fault(hops.peer(port));

        assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.NEVER_SENT);
        assertThat(fault).hasMessageContaining("http://127.0.0.1:" + port).hasMessageContaining("refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nX : 1\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 199 X\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 700 X\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 20 X\r\n\r\n",
                "SSH-2.0-OpenSSH_9\r\n",
                "\r\n\r\n\r\n\u0000\u0001",
            })
    void losesWhatIsNoAnswerAndTheConnectionWithIt(String answer) throws IOException {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(answer);
                    if (answer.isEmpty() || answer.endsWith("half") || !answer.contains("\r\n\r\n")) {
                        talk.socket.shutdownOutput();
                    }
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            assertThat(fault(peer).kind()).isEqualTo(RemoteFault.Kind.LOST);

            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }

    @Test
    void losesAnAnswerWithTooLargeAHead() throws IOException {
        try (RawPeer raw = RawPeer.answering(
                        "HTTP/1.1 200 OK\r\nX: " + "x".repeat(5000) + "\r\nContent-Length: 0\r\n\r\n");
                Peer peer = hops.peer(raw.port())) {
            assertThat(fault(peer).kind()).isEqualTo(RemoteFault.Kind.LOST);
        }
    }

    @Test
    void sendsNothingTwice() throws IOException {
        try (RawPeer raw = new RawPeer(RawPeer.Talk::readHead);
                Peer peer = hops.peer(raw.port())) {
            assertThat(fault(peer).kind()).isEqualTo(RemoteFault.Kind.LOST);
            assertThat(fault(peer, TestHops.request("POST", "/", Body.of("x"))).kind())
                    .isEqualTo(RemoteFault.Kind.LOST);

            assertThat(raw.heads).hasSize(2);
        }
    }

    @Test
    void isLateWhenNobodyAnswersAndLeavesTheConnection() throws Exception {
        hops.warm();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            RemoteFault fault = fault(peer, TestHops.within(2000));

            assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.LATE);
            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }

    @Test
    void isLateWhenTheWholeOfASmallAnswerIs() throws Exception {
        hops.warm();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
                            .readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            assertThat(fault(peer, TestHops.within(2000)).kind()).isEqualTo(RemoteFault.Kind.LATE);
        }
    }

    @Test
    void isLateWhenAStreamNeverBegins() throws IOException {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            assertThat(fault(peer, TestHops.streaming()).kind()).isEqualTo(RemoteFault.Kind.LATE);
        }
    }

    @Test
    void givesUpWhenTheCallerIsInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    asked.countDown();
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            AtomicReference<RemoteFault> fault = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                fault.set(fault(peer));
                flag.set(Thread.interrupted());
            });
            caller.start();
            TestHops.await(asked);

            caller.interrupt();
            caller.join(60_000);

            assertThat(fault.get().kind()).isEqualTo(RemoteFault.Kind.CUT_SHORT);
            assertThat(flag.get()).isTrue();
            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
        }
    }

    @Test
    void isLateWhenTheCallerIsInterruptedAtItsDeadline() throws Exception {
        hops.warm();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            for (int sent = 0; sent < 10; sent++) {
                RemoteFault fault = interruptedAtDeadline(peer);
                if (fault.kind() == RemoteFault.Kind.NEVER_SENT) {
                    sent--; // on a busy machine the time may be over before there is a connection
                } else {
                    assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.LATE);
                }
            }
        }
    }

    /** Calls with a deadline at which the caller is interrupted too, as the gateway does it. */
    private RemoteFault interruptedAtDeadline(Peer peer) throws InterruptedException {
        Outgoing request = TestHops.within(300);
        Thread caller = Thread.currentThread();
        Thread watch = new Thread(() -> {
            while (request.deadlineNanos() - System.nanoTime() > 0) {
                LockSupport.parkNanos(request.deadlineNanos() - System.nanoTime());
            }
            caller.interrupt();
        });
        watch.start();
        RemoteFault fault = fault(peer, request);
        while (watch.isAlive()) {
            Thread.interrupted();
            joinUninterrupted(watch);
        }
        Thread.interrupted();
        return fault;
    }

    private static void joinUninterrupted(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException expected) {
            // It is this one that interrupts.
        }
    }

    @Test
    void sendsNothingToAClosedPeerNorAfterTheEnd() throws IOException {
        try (RawPeer raw = RawPeer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            Peer peer = hops.peer(raw.port());
            peer.close();
            assertThat(fault(peer).kind()).isEqualTo(RemoteFault.Kind.NEVER_SENT);

            hops.close();
            assertThat(fault(hops.peer(raw.port())).kind()).isEqualTo(RemoteFault.Kind.NEVER_SENT);
            assertThat(raw.connections).hasValue(0);
        }
    }

    @Test
    void countsFaultsByKindAndShowsConnections() throws Exception {
        MemoryMeters meters = new MemoryMeters();
        hops.hops.meters().use(meters);
        assertThat(meters.all()).isEmpty();

        try (RawPeer good = RawPeer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                RawPeer bad = RawPeer.answering("x\r\n\r\n")) {
            hops.get(hops.peer(good.port()), "/");
            fault(hops.peer(bad.port()));

            TestHops.eventually().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(meters.all())
                    .isEqualTo(Map.of(
                            "mortise.hop.connections{}",
                            1L,
                            "mortise.hop.faults{kind=busy}",
                            0L,
                            "mortise.hop.faults{kind=cut_short}",
                            0L,
                            "mortise.hop.faults{kind=late}",
                            0L,
                            "mortise.hop.faults{kind=lost}",
                            1L,
                            "mortise.hop.faults{kind=never_sent}",
                            0L)));
        }
        hops.hops.meters().leave(meters);
        assertThat(meters.all()).isEmpty();
    }
}
