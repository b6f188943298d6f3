// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is still on its way of a request that is answered, for a moment and without a thread, before the exchange
 * ends: a connection that is closed under a client that sends loses the answer too (RFC 9112, section 9.6). On HTTP/2
 * the rest is called off as needless and not as a fault (RFC 9113, section 8.1).
 */
final class Lingering implements Callback {
    private static final Logger LOG = LoggerFactory.getLogger(Lingering.class);
    private static final int MOST_READS = 16;

    private final Request request;
    private final Callback exchange;
    private final HttpSettings.Linger limits;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Scheduler.@Nullable Task timeout;
    // The threads that take come one after the other.
    private long taken;

    Lingering(Request request, Callback exchange, HttpSettings.Linger limits) {
        this.request = request;
        this.exchange = exchange;
        this.limits = limits;
    }

    /**
     * Takes what is here already and tells whether that was all. Jetty's own way, consumeAvailable(), makes what comes
     * later unreadable.
     */
    static boolean nothingIsLeft(Request request) {
        for (int i = 0; i < MOST_READS; i++) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                return false;
            }
            chunk.release();
            if (chunk.isLast()) {
                return !Content.Chunk.isFailure(chunk);
            }
        }
        return false;
    }

    @Override
    public void succeeded() {
        // Who waits for "100 Continue" has sent nothing, and a look would ask for it.
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            end();
            return;
        }
        timeout = request.getComponents()
                .getScheduler()
                .schedule(this::end, limits.most().toMillis(), TimeUnit.MILLISECONDS);
        take();
    }

    private void take() {
        while (!ended.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                awaitMore();
                return;
            }
            taken += chunk.remaining();
            boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk) || taken > limits.bytes();
            chunk.release();
            if (over) {
                end();
            }
        }
    }

    private void awaitMore() {
        try {
            request.demand(this::take);
        } catch (IllegalStateException | IllegalArgumentException e) {
            // So says Jetty where a handler left a thread behind that waits for the next piece: the timer ends it.
            LOG.debug("Somebody else waits for the rest of {}", request, e);
        }
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            Scheduler.Task waiting = timeout;
            if (waiting != null) {
                waiting.cancel();
            }
            callOffTheRest();
            exchange.succeeded();
        }
    }

    private void callOffTheRest() {
        Http2.stream(request)
                .filter(stream -> !stream.isRemotelyClosed())
                .ifPresent(stream -> Http2.reset(stream, ErrorCode.NO_ERROR));
    }

    @Override
    public void failed(Throwable reason) {
        exchange.failed(reason);
    }

    @Override
    public InvocationType getInvocationType() {
        return exchange.getInvocationType();
    }
}
