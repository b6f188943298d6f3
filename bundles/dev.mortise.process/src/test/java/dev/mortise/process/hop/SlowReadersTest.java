// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteFault.Kind;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom an answer blames that its reader did not take in time. */
class SlowReadersTest {
    private static final String LONG = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";

    private final TestHops hops = new TestHops();

    @AfterEach
    void close() {
        hops.close();
    }

    @Test
    void areNotTheInstancesFaultWhenTimeIsOver() throws Exception {
        hops.warm();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(LONG + "one").readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            Body body = hops.hops.send(peer, TestHops.within(2000)).body();
            TestHops.eventually().until(() -> System.nanoTime() - deadline > 0);

            assertThat(how(catchThrowable(body::buffer))).isEqualTo(Kind.CUT_SHORT);
        }
    }

    @Test
    void areNotTheInstancesFaultWhenItHangsUpOnThem() throws Exception {
        hops.warm();
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(LONG + "one").socket.shutdownOutput();
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            long slow = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
            try (InputStream in = hops.hops.send(peer, TestHops.within(60_000)).body().stream()) {
                TestHops.eventually().until(() -> System.nanoTime() - slow > 0);

                assertThat(how(catchThrowable(in::readAllBytes))).isEqualTo(Kind.CUT_SHORT);
            }
        }
    }

    private static Kind how(Throwable thrown) {
        assertThat(thrown).hasMessageNotContaining("127.0.0.1").hasCauseInstanceOf(RemoteFault.class);
        return ((RemoteFault) thrown.getCause()).kind();
    }
}
