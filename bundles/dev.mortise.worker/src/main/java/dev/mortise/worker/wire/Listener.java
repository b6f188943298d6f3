// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import dev.mortise.api.error.ErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens from the beginning, and takes connections from {@link #begin} on; those of before wait for it. */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 256;
    /** How often connections are looked at that nothing comes from. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** What came no longer ago may be about to be a call. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final ServerSocket server;
    private final Bounds bounds;
    private final Executor threads;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private Listener(ServerSocket server, Bounds bounds, Executor threads) {
        this.server = server;
        this.bounds = bounds;
        this.threads = threads;
    }

    /**
     * Listens.
     *
     * @param threads has one for each connection
     * @throws IOException when the port is taken, or the address is none of this machine
     */
    public static Listener bind(InetSocketAddress address, Bounds bounds, Executor threads) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(address, BACKLOG);
            server.setSoTimeout((int) LOOK.toMillis());
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return new Listener(server, bounds, threads);
    }

    /** Answers the port that it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Has requests answered from now on, on the threads of their connections. */
    public void begin(Calls calls) {
        Thread thread = new Thread(() -> run(calls), "mortise-worker-accept");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Calls calls) {
        long looked = System.nanoTime();
        while (!server.isClosed()) {
            accept(calls);
            if (System.nanoTime() - looked >= LOOK.toNanos()) {
                connections.stream()
                        .filter(connection -> connection.patience().over())
                        .forEach(Connection::close);
                looked = System.nanoTime();
            }
        }
    }

    private void accept(Calls calls) {
        try {
            Socket socket = server.accept();
            try {
                take(new Connection(socket, bounds, calls), calls);
            } catch (IOException | RuntimeException | Error e) {
                socket.close();
                throw e;
            }
        } catch (SocketTimeoutException nobodyCame) {
            // time to look at the others
        } catch (IOException | RuntimeException | Error e) { // threads that run out are an Error, too
            if (!server.isClosed()) {
                LOG.warn("A connection was not taken", e);
                LockSupport.parkNanos(LOOK.toNanos() / 10); // what has run out may be there again
            }
        }
    }

    private void take(Connection connection, Calls calls) {
        if (connections.size() >= bounds.connections() && !makeRoom()) {
            LOG.warn(
                    "All {} connections (mortise.worker.connections) are in calls; one more was refused",
                    connections.size());
            connection.refuse(
                    calls.refusal(ErrorCode.SERVICE_UNAVAILABLE, "All connections of this process are in use."));
            connection.close();
            return;
        }
        connections.add(connection);
        try {
            threads.execute(() -> run(connection));
        } catch (RuntimeException | Error e) {
            connections.remove(connection);
            throw e;
        }
        if (server.isClosed()) {
            connection.close(); // whoever closed the others may not have seen it
        }
    }

    private void run(Connection connection) {
        try {
            connection.run();
        } finally {
            connections.remove(connection);
        }
    }

    /**
     * Closes a connection, so that who connects and says nothing keeps nobody out, nor who asks without end what he may not. One
     * whose thread may never come back would keep that all the same.
     */
    private boolean makeRoom() {
        Optional<Connection> one = longest(Connection::ofStranger)
                .or(() -> longest(connection ->
                        !connection.deserted() && connection.patience().lasts(FRESH)));
        one.ifPresent(connection -> {
            connection.close();
            connections.remove(connection);
        });
        return one.isPresent();
    }

    private Optional<Connection> longest(Predicate<Connection> which) {
        return connections.stream().filter(which).max(Comparator.comparingLong(connection -> connection
                .patience()
                .waited()));
    }

    /** Ends at once, and every connection with it. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("The port was not closed in order", e);
        }
        connections.forEach(Connection::close);
    }
}
