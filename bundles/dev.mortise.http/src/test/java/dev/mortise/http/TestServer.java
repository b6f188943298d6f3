// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.http.HttpSettings.Limits;
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

    private final JettyServer server;
    private final int port;

    private TestServer(JettyServer server) {
        this.server = server;
        this.port = server.port();
    }

    static TestServer start(HttpGateway gateway) throws PortRefused {
        return start(LIMITS, gateway);
    }

    static TestServer start(Limits limits, HttpGateway gateway) throws PortRefused {
        GatewaySlot slot = new GatewaySlot();
        slot.put(gateway);
        JettyServer server = new JettyServer(new HttpSettings("127.0.0.1", 0, limits, Optional.empty()), slot);
        server.start();
        return new TestServer(server);
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
