// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Connections that are kept, and whose peer closes them while the next call is on its way. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "asks the kernel what it has heard of a connection")
class KeptConnectionsTest {
    /** In each of them the client may see the end of the connection in time, or not. */
    private static final int ROUNDS = 300;

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final String ESTABLISHED = "01";

    @Test
    void areLeftForOthersBeforeAnythingIsSent() throws Exception {
        Semaphore leave = new Semaphore(0);
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(OK);
                    leave.acquireUninterruptibly();
                });
                TestHops hops = new TestHops();
                Peer peer = hops.peer(raw.port())) {
            hops.get(peer, "/");
            for (int round = 0; round < ROUNDS; round++) {
                Body body = new BodyThat(() -> {
                    leave.release();
                    awaitClosed(raw.port());
                });
                assertThat(hops.post(peer, body).status()).isEqualTo(200);
            }

            assertThat(raw.heads).hasSize(ROUNDS + 1);
            leave.release();
        }
    }

    /** Looks without a pause, so that the call goes on before anybody else has seen it. */
    private static void awaitClosed(int port) {
        long limit = TestHops.deadline(60_000);
        try {
            while (connected(port)) {
                assertThat(limit - System.nanoTime()).as("time left").isPositive();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether the kernel knows of a socket to that port whose other end was not closed. */
    private static boolean connected(int port) throws IOException {
        String peer = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table)) && connected(Path.of(table), peer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean connected(Path table, String peer) throws IOException {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.map(line -> List.of(line.strip().split("\\s+")))
                    .anyMatch(columns ->
                            columns.get(2).endsWith(peer) && columns.get(3).equals(ESTABLISHED));
        }
    }

    /** An empty body that does something when it is asked for, which is before its call has a connection. */
    private record BodyThat(Runnable deed) implements Body {
        @Override
        public ByteBuffer buffer() {
            deed.run();
            return ByteBuffer.allocate(0);
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(0);
        }

        @Override
        public InputStream stream() {
            return InputStream.nullInputStream();
        }

        @Override
        public void writeTo(OutputStream sink) {
            deed.run();
        }

        @Override
        public boolean buffered() {
            return true;
        }
    }
}
