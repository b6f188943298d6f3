// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static HopSettings brief(int connections, int perPeer) {
        HopSettings usual = TestHops.settings(connections, perPeer);
        return new HopSettings(
                Duration.ofSeconds(3),
                connections,
                usual.peer(),
                Duration.ofSeconds(1),
                usual.streamIdle(),
                usual.answer(),
                usual.threads());
    }

    private static RawPeer holding(CountDownLatch go) throws Exception {
        return new RawPeer(talk -> {
            while (!talk.readHead().isEmpty()) {
                TestHops.await(go);
                talk.write(OK);
            }
        });
    }

    private static FutureTask<Integer> call(TestHops hops, Peer peer) {
        FutureTask<Integer> call = new FutureTask<>(() -> hops.get(peer, "/").status());
        new Thread(call, "caller").start();
        return call;
    }

    @Test
    void opensNoMoreToAPeerThanAllowed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawPeer raw = holding(go);
                TestHops hops = new TestHops(TestHops.settings(1000, 2), null);
                Peer peer = hops.peer(raw.port())) {
            List<FutureTask<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(call(hops, peer));
            }
            TestHops.eventually().until(() -> raw.heads.size() == 2);
            go.countDown();

            for (FutureTask<Integer> call : calls) {
                assertThat(call.get()).isEqualTo(200);
            }
            assertThat(raw.connections).hasValue(2);
        }
    }

    @Test
    void sendsNothingThatFindsNoConnectionInTime() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawPeer raw = holding(go);
                TestHops hops = new TestHops(brief(1000, 1), null);
                Peer peer = hops.peer(raw.port())) {
            FutureTask<Integer> first = call(hops, peer);
            TestHops.eventually().until(() -> raw.heads.size() == 1);

            RemoteFault fault = catchThrowableOfType(RemoteFault.class, () -> hops.get(peer, "/"));

            assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.BUSY);
            assertThat(fault).hasMessage("all 1 connections to it are in use (hop.connections.per.peer)");
            go.countDown();
            assertThat(first.get()).isEqualTo(200);
            assertThat(raw.heads).hasSize(1);
        }
    }

    @Test
    void letsNoMoreCallsWaitThanAllowed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawPeer raw = holding(go);
                TestHops hops = new TestHops(TestHops.settings(1000, 1), null);
                Peer peer = hops.peer(raw.port())) {
            call(hops, peer);
            TestHops.eventually().until(() -> raw.heads.size() == 1);
            List<FutureTask<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                calls.add(call(hops, peer));
            }

            TestHops.eventually()
                    .until(() -> calls.stream().filter(FutureTask::isDone).count() == 4);
            assertThat(calls.stream().filter(FutureTask::isDone))
                    .allSatisfy(call -> assertThat(org.assertj.core.api.Assertions.catchThrowable(call::get))
                            .hasMessageContaining("hop.waiting.per.peer"));
            go.countDown();
            TestHops.eventually().until(() -> raw.heads.size() == 9);
        }
    }

    @Test
    void usesNoneAgainThatWasIdleWhenAnotherOneBroke() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (RawPeer raw = new RawPeer(talk -> {
                    for (List<String> head = talk.readHead(); !head.isEmpty(); head = talk.readHead()) {
                        if (head.get(0).contains("/break")) {
                            return;
                        }
                        both.countDown();
                        TestHops.await(both);
                        talk.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    }
                });
                TestHops hops = new TestHops();
                Peer peer = hops.peer(raw.port())) {
            FutureTask<Integer> one = call(hops, peer);
            FutureTask<Integer> other = call(hops, peer);
            assertThat(one.get() + other.get()).isEqualTo(400);

            RemoteFault fault = catchThrowableOfType(RemoteFault.class, () -> hops.get(peer, "/break"));

            assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.LOST);
            assertThat(hops.get(peer, "/").status()).isEqualTo(200);
            assertThat(raw.connections).hasValue(3);
        }
    }

    @Test
    void opensNoMoreInAllThanAllowed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawPeer one = holding(go);
                RawPeer two = holding(go);
                TestHops hops = new TestHops(TestHops.settings(2, 64), null)) {
            Peer first = hops.peer(one.port());
            List<FutureTask<Integer>> calls = List.of(call(hops, first), call(hops, first));
            TestHops.eventually().until(() -> one.heads.size() == 2);

            RemoteFault fault = catchThrowableOfType(RemoteFault.class, () -> hops.get(hops.peer(two.port()), "/"));
            assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.BUSY);
            assertThat(fault).hasMessageContaining("hop.connections");
            assertThat(two.connections).hasValue(0);

            go.countDown();
            for (FutureTask<Integer> call : calls) {
                assertThat(call.get()).isEqualTo(200);
            }
            // Idle ones make room.
            assertThat(hops.get(hops.peer(two.port()), "/").status()).isEqualTo(200);
            TestHops.eventually().untilAtomic(one.ended, Matchers.is(2));
        }
    }

    /** Calls that meet make Jetty ask for more connections than they need. */
    @Test
    void refusesNoCallWithinThat() throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                TestHops hops = new TestHops(TestHops.settings(2, 64), null)) {
            for (int round = 0; round < 1000; round++) {
                Peer fresh = hops.peer(raw.port());
                List<FutureTask<Integer>> calls = List.of(call(hops, fresh), call(hops, fresh));
                for (FutureTask<Integer> call : calls) {
                    assertThat(call.get()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void refusesOnlyTheCallThatIsTooMuch() throws Exception {
        for (int round = 0; round < 10; round++) {
            CountDownLatch go = new CountDownLatch(1);
            try (RawPeer raw = holding(go);
                    TestHops hops = new TestHops(TestHops.settings(2, 64), null)) {
                Peer peer = hops.peer(raw.port());
                List<FutureTask<Integer>> calls = List.of(call(hops, peer), call(hops, peer), call(hops, peer));
                TestHops.eventually().until(() -> calls.stream().anyMatch(FutureTask::isDone));
                TestHops.eventually().until(() -> raw.heads.size() == 2);
                go.countDown();

                TestHops.eventually().until(() -> calls.stream().allMatch(FutureTask::isDone));
                assertThat(calls.stream()
                                .filter(call -> org.assertj.core.api.Assertions.catchThrowable(call::get) == null))
                        .hasSize(2);
                assertThat(raw.connections).hasValue(2);
            }
        }
    }

    @Test
    void closesAConnectionThatNobodyUses() throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                TestHops hops = new TestHops(brief(1000, 64), null);
                Peer peer = hops.peer(raw.port())) {
            hops.get(peer, "/");

            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
            assertThat(hops.get(peer, "/").status()).isEqualTo(200);
        }
    }

    @Test
    void waitsLongerThanThatForAnAnswer() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    TestHops.eventually().pollDelay(Duration.ofMillis(2500)).until(() -> true);
                    talk.write(OK);
                });
                TestHops hops = new TestHops(brief(1000, 64), null);
                Peer peer = hops.peer(raw.port())) {
            assertThat(hops.get(peer, "/").status()).isEqualTo(200);
        }
    }

    @Test
    void letsGoOfAClosedPeersConnections() throws Exception {
        try (RawPeer raw = RawPeer.answering(OK);
                TestHops hops = new TestHops()) {
            Peer peer = hops.peer(raw.port());
            Peer other = hops.peer(raw.port());
            hops.get(peer, "/");
            hops.get(other, "/");
            assertThat(raw.connections).hasValue(2);

            peer.close();

            TestHops.eventually().untilAtomic(raw.ended, Matchers.is(1));
            hops.get(other, "/");
            assertThat(raw.connections).hasValue(2);
        }
    }

    @Test
    void endsEverythingAtTheEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawPeer raw = holding(go);
                TestHops hops = new TestHops()) {
            FutureTask<Integer> call = call(hops, hops.peer(raw.port()));
            TestHops.eventually().until(() -> raw.heads.size() == 1);

            hops.close();

            assertThat(org.assertj.core.api.Assertions.catchThrowable(call::get))
                    .hasCauseInstanceOf(RemoteFault.class);
            go.countDown();
            TestHops.eventually().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("mortise-hop")));
        }
    }
}
