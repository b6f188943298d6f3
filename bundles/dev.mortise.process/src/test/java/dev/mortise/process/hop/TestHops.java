// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.process.address.AddressJudge;
import dev.mortise.process.address.Names;
import dev.mortise.process.address.OwnListener;
import dev.mortise.process.address.Place;
import dev.mortise.process.address.Verdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The hop as tests use it: to this machine, with limits that a test can reach. */
final class TestHops implements AutoCloseable {
    static final HopSettings SETTINGS = settings(1000, 64);

    final Hops hops;

    TestHops() {
        this(SETTINGS, null);
    }

    TestHops(HopSettings settings, SSLContext tls) {
        hops = new Hops(settings, tls);
    }

    static HopSettings settings(int connections, int perPeer) {
        return new HopSettings(
                Duration.ofSeconds(60),
                connections,
                new HopSettings.PeerLimits(perPeer, 8),
                Duration.ofSeconds(15),
                Duration.ofSeconds(3),
                new HopSettings.AnswerLimits(4096, 65_536, 1 << 20),
                8);
    }

    static Place place(String url, Names names) {
        AddressJudge judge = new AddressJudge("127.0.0.0/8", new OwnListener(1, Optional.empty()), names);
        return ((Verdict.Good) judge.judge(url)).place();
    }

    /** Makes the client and a first call, so that a short time that is measured afterwards is not theirs. */
    TestHops warm() throws IOException, RemoteFault {
        try (RawPeer raw = RawPeer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                Peer peer = peer(raw.port())) {
            get(peer, "/");
        }
        return this;
    }

    Peer peer(int port) {
        return hops.peer(place("http://127.0.0.1:" + port, Names.SYSTEM));
    }

    Response get(Peer peer, String target) throws RemoteFault {
        return hops.send(peer, request("GET", target, Body.empty()));
    }

    Response post(Peer peer, Body body) throws RemoteFault {
        return hops.send(peer, request("POST", "/", body));
    }

    static Outgoing request(String method, String target, Body body) {
        return new Outgoing(method, target, Headers.none(), body, deadline(60_000), false);
    }

    static Outgoing within(long millis) {
        return new Outgoing("GET", "/", Headers.none(), Body.empty(), deadline(millis), false);
    }

    static Outgoing streaming() {
        return new Outgoing("GET", "/", Headers.none(), Body.empty(), deadline(60_000), true);
    }

    /** Waits for what a busy machine may take its time for. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    /** Waits as code of a body does, and no longer than any test may take. */
    static void await(CountDownLatch latch) throws InterruptedIOException {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody counted down within 60 s.");
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    static long deadline(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void close() {
        hops.close();
    }
}
