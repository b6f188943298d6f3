// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Closes connections whose request fields do not come to an end, or whose answers are not taken; looks once a second. */
final class ClockedConnector extends ServerConnector {
    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 1;
    private static final long LAST_REQUEST_MILLIS = 1000;
    private static final long LOOK_MILLIS = 1000;
    /** Each closed connection is work for a thread of the pool, and requests wait behind it. */
    private static final int CLOSED_AT_ONCE = 20;

    private static final long NEXT_MILLIS = 10;

    /** Answers over HTTP/2 that are under way. */
    private final Set<StreamPace> streams = ConcurrentHashMap.newKeySet();

    private volatile long headerTimeoutNanos;
    private volatile long bytesPerSecond;
    private final RefusedRequests refused;

    ClockedConnector(
            Server server, HttpSettings.Limits limits, RefusedRequests refused, ConnectionFactory... factories) {
        super(server, ACCEPTORS, SELECTORS, factories);
        this.refused = refused;
        use(limits);
        setShutdownIdleTimeout(-1);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new ClockedEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lookAgain(LOOK_MILLIS);
    }

    /** Accepts no more connections. Jetty's own way would cut off every HTTP/2 request that is silent for a second. */
    @Override
    public CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> done = super.shutdown();
        clockedEndPoints().forEach(ClockedConnector::giveLastSecond);
        return done;
    }

    /** A connection without a request gets a second for one that is on its way, or for the client to close it. */
    private static void giveLastSecond(ClockedEndPoint endPoint) {
        if (endPoint.isQuiet() && endPoint.getIdleTimeout() > LAST_REQUEST_MILLIS) {
            // Its second begins now, however long it was silent before.
            endPoint.notIdle();
            endPoint.setIdleTimeout(LAST_REQUEST_MILLIS);
        }
    }

    /** Takes other limits: for fields at once, for silence on connections that come from now on. */
    void use(HttpSettings.Limits limits) {
        headerTimeoutNanos = limits.headerTimeout().toNanos();
        bytesPerSecond = limits.bodyBytesPerSecond();
        setIdleTimeout(limits.idleTimeout().toMillis());
    }

    /** Looks from now on how fast the client takes an answer. */
    StreamPace watch(StreamPace stream) {
        streams.add(stream);
        return stream;
    }

    void forget(StreamPace stream) {
        streams.remove(stream);
    }

    private void lookAgain(long millis) {
        getScheduler().schedule(this::look, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        List<ClockedEndPoint> silent = some(endPoint -> endPoint.headerOverdue(now, headerTimeoutNanos));
        silent.forEach(this::giveUp);
        List<ClockedEndPoint> slow = some(endPoint -> endPoint.answerOverdue(now, bytesPerSecond));
        slow.forEach(ClockedEndPoint::close);
        streams.stream().filter(stream -> stream.overdue(now, bytesPerSecond)).forEach(StreamPace::cutOff);
        if (isShutdown()) {
            clockedEndPoints().forEach(ClockedConnector::giveLastSecond);
        }
        if (isRunning()) {
            lookAgain(Math.max(silent.size(), slow.size()) < CLOSED_AT_ONCE ? LOOK_MILLIS : NEXT_MILLIS);
        }
    }

    private List<ClockedEndPoint> some(Predicate<ClockedEndPoint> overdue) {
        // One that is closed stays in the list until a thread has taken it out.
        return clockedEndPoints()
                .filter(ClockedEndPoint::isOpen)
                .filter(overdue)
                .limit(CLOSED_AT_ONCE)
                .toList();
    }

    private void giveUp(ClockedEndPoint endPoint) {
        refused.addSilent(endPoint.getRemoteSocketAddress());
        endPoint.close();
    }

    private Stream<ClockedEndPoint> clockedEndPoints() {
        return getConnectedEndPoints().stream().map(ClockedEndPoint.class::cast);
    }
}
