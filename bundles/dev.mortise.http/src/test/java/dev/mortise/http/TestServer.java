// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.http.HttpSettings.Limits;
import dev.mortise.http.HttpSettings.Linger;
import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A real server on a free port with a gateway made by the test. */
final class TestServer implements AutoCloseable {
    static final Limits LIMITS = new Limits(
            20,
            16 * 1024,
            200,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            1024 * 1024,
            500,
            Duration.ofSeconds(5));

    static final Compression GZIP = new Compression(5, 1024, 1024 * 1024);
    static final Linger LINGER = new Linger(Duration.ofSeconds(2), 32L * 1024 * 1024);

    static final int ACCEPT_QUEUE = 77;

    private static final Duration SOON = Duration.ofMillis(300);
    /** Little enough for a test, and much more than a busy machine takes from a connection to its request. */
    private static final Duration LITTLE = Duration.ofSeconds(1);

    private final JettyServer server;
    private final int port;

    /** Limits with little patience for fields that do not end. */
    static Limits hastyForFields() {
        return times(LITTLE, LIMITS.idleTimeout(), LIMITS.stopTimeout());
    }

    /** Limits with little patience for silence. */
    static Limits hastyForSilence() {
        return times(LIMITS.headerTimeout(), LITTLE, LIMITS.stopTimeout());
    }

    /** Limits with little patience at the end. */
    static Limits hastyForTheEnd() {
        return times(LIMITS.headerTimeout(), LIMITS.idleTimeout(), SOON);
    }

    private static Limits times(Duration header, Duration idle, Duration stop) {
        return new Limits(
                LIMITS.threads(),
                LIMITS.headerBytes(),
                LIMITS.headerFields(),
                header,
                idle,
                LIMITS.bodyBytes(),
                LIMITS.bodyBytesPerSecond(),
                stop);
    }

    private TestServer(JettyServer server) {
        this.server = server;
        this.port = server.port();
    }

    static TestServer start(HttpGateway gateway) throws PortRefused {
        return start(LIMITS, gateway);
    }

    static TestServer start(Limits limits, HttpGateway gateway) throws PortRefused {
        return start(limits, LINGER, gateway);
    }

    static TestServer start(Limits limits, Linger linger, HttpGateway gateway) throws PortRefused {
        GatewaySlot slot = new GatewaySlot();
        slot.put(gateway);
        JettyServer server = new JettyServer(settings(limits, linger), slot);
        server.start();
        return new TestServer(server);
    }

    /** What a server has when a test says nothing else. */
    static HttpSettings settings() {
        return settings(LIMITS, LINGER);
    }

    private static HttpSettings settings(Limits limits, Linger linger) {
        return new HttpSettings("127.0.0.1", 0, ACCEPT_QUEUE, limits, 16 * 1024, GZIP, linger, Optional.empty());
    }

    /** Takes other limits, as when the configuration is written. */
    void use(Limits limits) {
        server.use(settings(limits, LINGER));
    }

    int acceptQueue() {
        return server.acceptQueue();
    }

    /** Answers the time that new HTTP/2 connections give to their streams. */
    long streamIdleMillis() {
        return server.streamIdleMillis();
    }

    int port() {
        return port;
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port);
    }

    /** Sends one request on a connection of its own. */
    RawConnection.Answer ask(String request) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.send(request).read(request.substring(0, request.indexOf(' ')));
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
