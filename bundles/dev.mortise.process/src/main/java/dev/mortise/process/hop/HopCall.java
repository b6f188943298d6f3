// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.jspecify.annotations.Nullable;

/** One call, on the thread of the caller. */
final class HopCall {
    /** An exchange that was given up says so almost at once; this bounds the case that it never does. */
    private static final long ABORT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long the end of an answer waits for a body that nobody wants any more. */
    private static final long FEEDER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Set<String> WITH_CONTENT = Set.of("POST", "PUT", "PATCH");

    private final HopPeer peer;
    private final Outgoing asked;
    private final HopSettings settings;
    private final Executor feeders;
    private final Demand demand;

    HopCall(HopPeer peer, Outgoing asked, HopSettings settings, Executor feeders, Demand demand) {
        this.peer = peer;
        this.asked = asked;
        this.settings = settings;
        this.feeders = feeders;
        this.demand = demand;
    }

    /** Sends it, over another connection when a kept one turns out to be over before anything of it left. */
    Response send(HttpClient client) throws RemoteFault {
        while (true) {
            try {
                return sendOnce(client);
            } catch (HopExchange.Broken broken) {
                if (!broken.stale() || asked.deadlineNanos() - System.nanoTime() <= 0) {
                    throw Faults.of(broken.neverSent(), peer, broken.reason());
                }
            }
        }
    }

    private Response sendOnce(HttpClient client) throws RemoteFault, HopExchange.Broken {
        Request request = request(client);
        Feeder feeder = asked.body().buffered() ? null : new Feeder(asked.body(), request);
        HopExchange exchange =
                new HopExchange(request, feeder, feeders, settings.answer().bytesAtOnce(), asked.streaming());
        content(request, feeder);
        exchange.send(enter());
        try {
            return answer(exchange, feeder);
        } catch (InterruptedException cut) {
            // Whoever watches over the deadline interrupts when it has passed.
            boolean over = asked.deadlineNanos() - System.nanoTime() <= 0;
            boolean sent = abandon(exchange, cut);
            throw over ? Faults.of(!sent, peer, late(cut)) : Faults.cutShort(peer, cut);
        } catch (TimeoutException late) {
            boolean busy = allInUse(client, request);
            boolean sent = abandon(exchange, late);
            throw Faults.of(!sent, peer, busy && !sent ? busy() : late);
        } catch (HopExchange.Broken broken) {
            throwOfBody(feeder);
            throw broken;
        }
    }

    private Runnable enter() throws RemoteFault {
        Optional<Runnable> leave = demand.enter(peer);
        if (leave.isEmpty()) {
            throw Faults.of(
                    true,
                    peer,
                    new Busy("all " + settings.connections()
                            + " connections to other processes are in use (hop.connections)"));
        }
        return leave.get();
    }

    private static TimeoutException late(InterruptedException cause) {
        TimeoutException late = new TimeoutException("no answer in time");
        late.initCause(cause);
        return late;
    }

    /** Tells whether calls hold every connection to the peer, so that it is no sign of its ill that none was free in time. */
    private boolean allInUse(HttpClient client, Request request) {
        return ((HttpDestination) client.resolveDestination(request)).getConnectionPool()
                        instanceof AbstractConnectionPool pool
                && pool.getActiveConnectionCount() >= settings.peer().connections();
    }

    private Busy busy() {
        return new Busy(
                "all " + settings.peer().connections() + " connections to it are in use (hop.connections.per.peer)");
    }

    private Request request(HttpClient client) {
        Request request = HopRequest.of(client, peer, asked.method(), asked.target())
                .headers(fields -> {
                    fields.put("Host", peer.place().url().authority());
                    HopFields.write(asked.headers(), fields);
                });
        return asked.streaming()
                ? request.idleTimeout(settings.streamIdle().toMillis(), TimeUnit.MILLISECONDS)
                // Also where nobody reads: a reader who forgets the answer holds a connection no longer than this.
                : request.idleTimeout(0, TimeUnit.MILLISECONDS)
                        .timeout(Arrivals.millisUntil(asked.deadlineNanos()), TimeUnit.MILLISECONDS);
    }

    private void content(Request request, @Nullable Feeder feeder) {
        if (feeder != null) {
            request.body(feeder.content());
            return;
        }
        ByteBuffer bytes = buffer(asked.body());
        // A method that has content says so when there is none (RFC 9110, section 8.6).
        if (bytes.hasRemaining() || WITH_CONTENT.contains(asked.method())) {
            request.body(new ByteBufferRequestContent((String) null, bytes));
        }
    }

    private static ByteBuffer buffer(Body body) {
        try {
            return body.buffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response answer(HopExchange exchange, @Nullable Feeder feeder)
            throws InterruptedException, TimeoutException, HopExchange.Broken {
        long connected = System.nanoTime() + settings.connectTimeout().toNanos();
        exchange.awaitBegin(connected - asked.deadlineNanos() < 0 ? connected : asked.deadlineNanos());
        exchange.awaitAnswer(asked.deadlineNanos());
        AnswerStream stream = new AnswerStream(
                exchange.arrivals(),
                peer.toString(),
                asked.streaming() ? Arrivals.NEVER : asked.deadlineNanos(),
                exchange::abort,
                () -> settle(feeder));
        Response answer = exchange.response(stream, settings.answer().bytesInMemory());
        if (answer.body().buffered()) {
            settle(feeder);
        }
        return answer;
    }

    /** An answer may come before the end of the request: when it is over, nobody reads the body of the request any more. */
    private static void settle(@Nullable Feeder feeder) {
        if (feeder != null) {
            feeder.awaitOver(FEEDER_NANOS);
        }
    }

    /** Gives the call up; answers whether anything of it may have been sent. */
    private static boolean abandon(HopExchange exchange, Exception given) {
        boolean interrupted = given instanceof InterruptedException;
        exchange.abort(given);
        boolean sent = true;
        try {
            sent = exchange.mayBeSent(System.nanoTime() + ABORT_NANOS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return sent;
    }

    /** What reading the body of the request threw is not the peer's fault. */
    private static void throwOfBody(@Nullable Feeder feeder) {
        Throwable fault = feeder == null ? null : feeder.fault();
        if (fault instanceof RuntimeException e) {
            throw e;
        }
        if (fault instanceof Error e) {
            throw e;
        }
        if (fault instanceof IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
