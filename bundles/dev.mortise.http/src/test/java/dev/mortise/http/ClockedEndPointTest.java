// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockedEndPointTest {
    private static final int HUGE = 64 << 20;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private ServerSocket peer;
    private SocketChannel channel;
    private Socket sender;
    private ClockedEndPoint endPoint;

    @BeforeEach
    void open() throws Exception {
        peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), peer.getLocalPort()));
        sender = peer.accept();
        endPoint = new ClockedEndPoint(channel, null, null, new ScheduledExecutorScheduler());
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
        sender.close();
        peer.close();
    }

    @Test
    void knowsSinceWhenARequestIsOnItsWay() throws Exception {
        assertThat(endPoint.isQuiet()).isTrue();
        assertThat(overdueAfterTwoSeconds()).isFalse();

        receive("GET");
        assertThat(endPoint.isQuiet()).isFalse();
        assertThat(endPoint.headerOverdue(System.nanoTime(), SECOND)).isFalse();
        assertThat(overdueAfterTwoSeconds()).isTrue();

        endPoint.requestBegun();
        receive("body");
        assertThat(overdueAfterTwoSeconds()).isFalse();

        endPoint.requestEnded();
        assertThat(endPoint.isQuiet()).isTrue();
    }

    @Test
    void doesNotEndInTheMomentInWhichAnAnswerBegins() {
        Timeouts connection = new Timeouts(endPoint);
        endPoint.setConnection(connection);
        endPoint.setIdleTimeout(60_000);

        endPoint.answerBegins();
        endPoint.onIdleExpired(new TimeoutException("decided before the answer began"));

        assertThat(connection.expired).isFalse();
    }

    @Test
    void knowsAReaderWhoTakesNothing() throws Exception {
        channel.configureBlocking(false);

        assertThat(endPoint.flush(ByteBuffer.allocate(HUGE))).isFalse();

        assertThat(takesTooLittleAfter(9)).isFalse();
        assertThat(takesTooLittleAfter(12)).isTrue();
    }

    @Test
    void knowsAReaderWhoTakesNothingMoreAfterAFastStart() throws Exception {
        channel.configureBlocking(false);
        ByteBuffer answer = ByteBuffer.allocate(HUGE);
        assertThat(endPoint.flush(answer)).isFalse();
        take(answer);

        assertThat(takesTooLittleAfter(12)).isFalse();
        take(answer);
        assertThat(takesTooLittleAfter(43)).isFalse();
        assertThat(takesTooLittleAfter(72)).isFalse();
        assertThat(takesTooLittleAfter(75)).isTrue();
    }

    /** Reads until much more of the answer was taken. */
    private void take(ByteBuffer answer) throws Exception {
        int before = answer.position();
        while (answer.position() < before + 1_000_000) {
            assertThat(sender.getInputStream().readNBytes(100_000)).isNotEmpty();
            assertThat(endPoint.flush(answer)).isFalse();
        }
    }

    private boolean takesTooLittleAfter(int seconds) {
        return endPoint.answerOverdue(System.nanoTime() + seconds * SECOND, 500);
    }

    private boolean overdueAfterTwoSeconds() {
        return endPoint.headerOverdue(System.nanoTime() + 2 * SECOND, SECOND);
    }

    private void receive(String text) throws Exception {
        sender.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(endPoint.fill(ByteBuffer.allocate(10).limit(0))).isPositive();
    }

    private static final class Timeouts extends AbstractConnection {
        private boolean expired;

        Timeouts(ClockedEndPoint endPoint) {
            super(endPoint, Runnable::run);
        }

        @Override
        public void onFillable() {}

        @Override
        public boolean onIdleExpired(TimeoutException timeout) {
            expired = true;
            return false;
        }
    }
}
