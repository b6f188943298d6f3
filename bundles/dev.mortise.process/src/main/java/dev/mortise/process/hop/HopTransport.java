// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;

/** HTTP/1.1 over connections that are counted: Jetty bounds those of one destination only. */
final class HopTransport extends HttpClientTransportOverHTTP {
    private final int most;
    private final Set<Object> open = ConcurrentHashMap.newKeySet();
    /** Those that open and those that are open: one number, so that none counts twice between the two. */
    private final AtomicInteger held = new AtomicInteger();

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
    public void connect(SocketAddress address, Map<String, Object> context) {
        @SuppressWarnings("unchecked")
        Promise<Connection> asked =
                (Promise<Connection>) Objects.requireNonNull(context.get(Connection.PROMISE_CONTEXT_KEY));
        boolean hold = hold();
        if (!hold) {
            // What waits for its next use is worth less than what is wanted now.
            getHttpClient().getDestinations().forEach(this::closeIdle);
            hold = hold();
        }
        if (!hold) {
            asked.failed(new Busy("all " + most + " connections to other processes are in use (hop.connections)"));
            return;
        }
        context.put(Connection.PROMISE_CONTEXT_KEY, new Opening(asked));
        super.connect(address, context);
    }

    private boolean hold() {
        return held.getAndUpdate(now -> Math.min(now + 1, most)) < most;
    }

    private void forget(Object connection) {
        if (open.remove(connection)) {
            held.decrementAndGet();
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
        }

        @Override
        public void failed(Throwable failure) {
            if (!over.getAndSet(true)) {
                held.decrementAndGet();
            }
            asked.failed(failure);
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
