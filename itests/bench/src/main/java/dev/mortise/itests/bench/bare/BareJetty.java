// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.bare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** The program of the other process: Jetty set up as Mortise sets it up, with a handler on it and nothing between. */
public final class BareJetty {
    // As in dev.mortise.http: JettyServer, ClockedConnector, RequestThreads and the defaults of http.properties.
    private static final int THREADS = 200;
    private static final int SERVER_THREADS = 4;
    private static final int IDLE_MILLIS = 30_000;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;

    private BareJetty() {}

    /** Runs until SIGTERM. Arguments: the file for the port, and how a chained call goes on: none, jdk or jetty. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server(threads());
        HttpConfiguration configuration = configuration();
        ServerConnector connector = new ServerConnector(
                server,
                1,
                1,
                new HttpConnectionFactory(configuration),
                new HTTP2CServerConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(new AnswerHandler(upstream(List.of(arguments).get(1)), connector::getLocalPort));
        server.setStopAtShutdown(true);
        server.start();
        Path file = Path.of(arguments[0]);
        Path part = Files.writeString(
                file.resolveSibling(file.getFileName() + ".part"), Integer.toString(connector.getLocalPort()));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        server.join();
    }

    private static QueuedThreadPool threads() {
        boolean virtual = Runtime.version().feature() >= FIRST_JDK_WITH_VIRTUAL_THREADS;
        QueuedThreadPool pool = new QueuedThreadPool(virtual ? 2 * SERVER_THREADS : THREADS + SERVER_THREADS);
        pool.setMinThreads(SERVER_THREADS);
        if (virtual) {
            pool.setVirtualThreadsExecutor(new VirtualThreadPool(THREADS));
        }
        return pool;
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        configuration.setHttpCompliance(HttpCompliance.STRICT);
        configuration.setUriCompliance(UriCompliance.RFC3986);
        return configuration;
    }

    private static Optional<Upstream> upstream(String kind) throws Exception {
        return switch (kind) {
            case "jdk" -> Optional.of(JdkUpstream.make());
            case "jetty" -> Optional.of(JettyUpstream.start());
            default -> Optional.empty();
        };
    }
}
