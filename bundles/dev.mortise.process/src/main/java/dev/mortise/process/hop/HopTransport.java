// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;

/**
 * HTTP/1.1 over connections that are counted: Jetty bounds those of one destination only. It also asks for more of them than
 * its calls need when several meet, and fails every call that waits when it is refused one; so what finds no room is not
 * refused, it waits until there is room, or until no call wants it any more.
 */
final class HopTransport extends HttpClientTransportOverHTTP {
    private final int most;
    private final Set<Object> open = ConcurrentHashMap.newKeySet();
    /** Those that open and those that are open: one number, so that none counts twice between the two. */
    private final AtomicInteger held = new AtomicInteger();

    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

    HopTransport(ClientConnector connector, int most) {
        super(connector);
        this.most = most;
    }

    /** Answers what must hear of every connection that the client opens. */
    org.eclipse.jetty.io.Connection.Listener listener() {
        return new Counted();
    }

    int open() {
        return open.size();
    }

    @Override
    public Destination newDestination(Origin origin) {
        return new Served(getHttpClient(), origin);
    }

    @Override
    public void connect(SocketAddress address, Map<String, Object> context) {
        waiting.add(new Waiting(address, context));
        serve();
    }

    /** Opens what waits; called whenever there may be room, or an idle connection that makes some. */
    void serve() {
        dropUnwanted();
        while (!waiting.isEmpty() && (hold() || (makeRoom() && hold()))) {
            Waiting next = waiting.poll();
            if (next == null) {
                held.decrementAndGet();
            } else {
                next.open();
            }
        }
    }

    private void dropUnwanted() {
        for (Waiting one : List.copyOf(waiting)) {
            if (one.destination().getHttpExchanges().isEmpty() && waiting.remove(one)) {
                one.promise().failed(new Unwanted());
            }
        }
    }

    /** What waits for its next use is worth less than what is wanted now. */
    private boolean makeRoom() {
        getHttpClient().getDestinations().stream()
                // Where a call waits, what is idle was opened or let go for it just now.
                .filter(destination ->
                        ((HttpDestination) destination).getHttpExchanges().isEmpty())
                .forEach(this::closeIdle);
        return held.get() < most;
    }

    private boolean hold() {
        return held.getAndUpdate(now -> Math.min(now + 1, most)) < most;
    }

    private void forget(Object connection) {
        if (open.remove(connection)) {
            held.decrementAndGet();
            serve();
        }
    }

    /** Closes the connections that no call uses; taken from the pool first, so that no call gets one of them. */
    void closeIdle(Destination destination) {
        ConnectionPool pool = ((HttpDestination) destination).getConnectionPool();
        for (Connection idle = pool.acquire(false); idle != null; idle = pool.acquire(false)) {
            idle.close();
            forget(idle); // its listener hears of it later
        }
    }

    /** Hands on what became of a connection; one that did not open is counted no longer. */
    private final class Opening implements Promise<Connection> {
        private final Promise<Connection> asked;
        private final AtomicBoolean over = new AtomicBoolean();

        Opening(Promise<Connection> asked) {
            this.asked = asked;
        }

        @Override
        public void succeeded(Connection connection) {
            over.set(true);
            asked.succeeded(connection);
            serve();
        }

        @Override
        public void failed(Throwable failure) {
            if (!over.getAndSet(true)) {
                held.decrementAndGet();
            }
            asked.failed(failure);
            serve();
        }
    }

    /** A connection that was asked for. */
    private final class Waiting {
        private final SocketAddress address;
        private final Map<String, Object> context;

        Waiting(SocketAddress address, Map<String, Object> context) {
            this.address = address;
            this.context = context;
        }

        HttpDestination destination() {
            return (HttpDestination) Objects.requireNonNull(context.get(Destination.CONTEXT_KEY));
        }

        @SuppressWarnings("unchecked")
        Promise<Connection> promise() {
            return (Promise<Connection>) Objects.requireNonNull(context.get(Connection.PROMISE_CONTEXT_KEY));
        }

        void open() {
            context.put(Connection.PROMISE_CONTEXT_KEY, new Opening(promise()));
            HopTransport.super.connect(address, context);
        }
    }

    /** Nobody wants the connection that was asked for. */
    private static final class Unwanted extends IOException {
        private static final long serialVersionUID = 1L;

        Unwanted() {
            super("No call waits for this connection.");
        }
    }

    /** A peer's calls and connections. */
    private final class Served extends HttpDestination {
        Served(HttpClient client, Origin origin) {
            super(client, origin);
        }

        @Override
        public void failed(Throwable failure) {
            if (failure instanceof Unwanted) {
                succeeded(); // a call that came just now is no reason to fail it
            } else {
                super.failed(failure);
            }
        }

        @Override
        public void release(Connection connection) {
            super.release(connection);
            serve();
        }
    }

    /** Sees every connection, with TLS two of each: the one that is HTTP's counts. */
    private final class Counted implements org.eclipse.jetty.io.Connection.Listener {
        @Override
        public void onOpened(org.eclipse.jetty.io.Connection connection) {
            if (connection instanceof Connection) {
                open.add(connection);
            }
        }

        @Override
        public void onClosed(org.eclipse.jetty.io.Connection connection) {
            forget(connection);
        }
    }
}
