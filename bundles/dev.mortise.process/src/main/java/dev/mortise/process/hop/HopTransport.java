// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final AtomicInteger opening = new AtomicInteger();

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
        if (opening.incrementAndGet() + open.size() > most) {
            // What waits for its next use is worth less than what is wanted now.
            getHttpClient().getDestinations().forEach(this::closeIdle);
        }
        if (opening.get() + open.size() > most) {
            opening.decrementAndGet();
            asked.failed(new Busy("all " + most + " connections to other processes are in use (hop.connections)"));
            return;
        }
        context.put(Connection.PROMISE_CONTEXT_KEY, new Opening(asked));
        super.connect(address, context);
    }

    /** Closes the connections that no call uses; taken from the pool first, so that no call gets one of them. */
    void closeIdle(Destination destination) {
        ConnectionPool pool = ((HttpDestination) destination).getConnectionPool();
        for (Connection idle = pool.acquire(false); idle != null; idle = pool.acquire(false)) {
            idle.close();
            open.remove(idle); // its listener hears of it later
        }
    }

    /** Hands on what became of a connection, once it is counted no longer as one that opens. */
    private final class Opening implements Promise<Connection> {
        private final Promise<Connection> asked;
        private final AtomicInteger counted = new AtomicInteger(1);

        Opening(Promise<Connection> asked) {
            this.asked = asked;
        }

        @Override
        public void succeeded(Connection connection) {
            opening.addAndGet(-counted.getAndSet(0));
            asked.succeeded(connection);
        }

        @Override
        public void failed(Throwable failure) {
            opening.addAndGet(-counted.getAndSet(0));
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
            open.remove(connection);
        }
    }
}
