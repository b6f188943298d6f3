// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The socket of a connection, without one of Jetty's: what it says does not depend on when Jetty looks. */
class WireTest {
    private SocketChannel here;
    private SocketChannel there;
    private Wire wire;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            here = SocketChannel.open(server.getLocalAddress());
            there = server.accept();
        }
        here.configureBlocking(false);
        wire = new Wire(here, null, null, new ScheduledExecutorScheduler());
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        there.close();
    }

    private static ByteBuffer text() {
        return ByteBuffer.wrap(new byte[] {'x', 'y'});
    }

    private String received() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(100);
        there.read(in);
        return new String(in.array(), 0, in.position(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** Waits until the system has heard that the other end is closed, or has something to read. */
    private void heard(int expected) {
        TestHops.eventually().until(() -> here.read(ByteBuffer.allocate(1)) == expected);
    }

    @Test
    void knowsThatNothingOfARequestWasTaken() throws IOException {
        long before = wire.begin(true);
        assertThat(wire.seal(before)).isTrue();

        assertThatThrownBy(() -> wire.flush(text()))
                .as("nothing is, afterwards")
                .isInstanceOf(EofException.class);
    }

    @Test
    void knowsThatSomeWas() throws IOException {
        long before = wire.begin(true);
        assertThat(wire.flush(text())).isTrue();

        assertThat(wire.seal(before)).isFalse();
        assertThat(wire.flush(text())).isTrue();
        assertThat(received()).isEqualTo("xyxy");
    }

    @Test
    void takesNothingForAPeerThatLeftBetweenTwoRequests() throws IOException {
        wire.begin(true);
        wire.flush(text());
        assertThat(received()).isEqualTo("xy");
        there.close();
        heard(-1);

        long before = wire.begin(true);
        assertThatThrownBy(() -> wire.flush(text())).isInstanceOf(EofException.class);
        assertThat(wire.seal(before)).isTrue();
    }

    @Test
    void takesNothingForAPeerThatSaidSomethingBetweenTwoRequests() throws IOException {
        wire.begin(true);
        wire.flush(text());
        there.write(ByteBuffer.wrap(
                "HTTP/1.1 408 Request Timeout\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        heard(1);

        long before = wire.begin(true);
        assertThatThrownBy(() -> wire.flush(text())).isInstanceOf(EofException.class);
        assertThat(wire.seal(before)).isTrue();
    }

    @Test
    void asksNothingOfAPeerThatMaySpeakFirst() throws IOException {
        wire.begin(false);
        wire.flush(text());
        there.write(text());
        there.write(text());
        heard(1);

        wire.begin(false);
        assertThat(wire.flush(text())).isTrue();
        assertThat(received()).isEqualTo("xyxy");
    }
}
