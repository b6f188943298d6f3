// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.NoContent;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response.AsyncContentListener;
import org.eclipse.jetty.client.Response.CompleteListener;
import org.eclipse.jetty.client.Response.HeadersListener;
import org.eclipse.jetty.client.Response.SuccessListener;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** What Jetty says of one call, as the caller waits for it. */
final class HopExchange implements HeadersListener, AsyncContentListener, SuccessListener, CompleteListener {
    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    private final Request request;
    private final @Nullable Feeder feeder;
    private final Executor feeders;
    private final int atOnce;
    private final boolean streaming;
    private final Arrivals arrivals = new Arrivals();

    private final ReentrantLock lock =
            new ReentrantLock(); // guards what follows up to the failure; nothing but the wire is called under it
    private final Condition changed = lock.newCondition();
    private boolean begun;
    private @Nullable Wire wire;
    private long before;
    private boolean committed;
    private boolean answered;
    private boolean completed;
    private @Nullable Throwable failure;

    private volatile Runnable over = () -> {};

    /** Only the connection's thread writes these, before it says {@code answered}. */
    private org.eclipse.jetty.client.@Nullable Response head;

    private @Nullable Collected collected;

    /** There is no answer. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean neverSent;
        private final boolean stale;
        private final Throwable reason;

        private Broken(boolean neverSent, boolean stale, Throwable reason) {
            super(reason);
            this.neverSent = neverSent;
            this.stale = stale;
            this.reason = reason;
        }

        boolean neverSent() {
            return neverSent;
        }

        /** Tells whether nothing was sent because a connection that was kept is over: another one may be good. */
        boolean stale() {
            return neverSent && stale;
        }

        Throwable reason() {
            return reason;
        }
    }

    /**
     * Listens to a request.
     *
     * @param atOnce up to which length content is waited for
     * @param streaming whether content of unknown length is not waited for at all
     */
    HopExchange(Request request, @Nullable Feeder feeder, Executor feeders, int atOnce, boolean streaming) {
        this.request = request;
        this.feeder = feeder;
        this.feeders = feeders;
        this.atOnce = atOnce;
        this.streaming = streaming;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** Sends the request, and runs what is to run when its connection is free again, before a caller hears of the end. */
    void send(Runnable whenOver) {
        over = whenOver;
        request.onRequestBegin(sent -> change(this::begin));
        request.onRequestCommit(sent -> commit());
        try {
            request.send(this);
        } catch (RuntimeException | Error e) {
            whenOver.run();
            throw e;
        }
    }

    void abort(Throwable cause) {
        HopRequest.end(request, cause);
    }

    private void begin() {
        begun = true;
        wire = Wire.below(request.getConnection());
        before = wire == null ? 0 : wire.begin(!isSecure());
    }

    /** The connection works: only now a body that can be read once is touched. */
    private void commit() {
        change(() -> committed = true);
        if (feeder != null) {
            feeders.execute(feeder);
        }
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onHeaders(org.eclipse.jetty.client.Response response) {
        String fault = HopAnswer.fault(response);
        if (fault != null) {
            HopRequest.end(request, new IOException(fault));
            return;
        }
        head = response;
        long length = HopAnswer.bodyless(request, response) ? 0 : HopAnswer.length(response.getHeaders());
        collected = Collected.of(length, atOnce, streaming);
        if (collected == null) {
            change(() -> answered = true);
        }
    }

    @Override
    public void onContent(org.eclipse.jetty.client.Response response, Content.Chunk chunk, Runnable demand) {
        Collected whole = collected;
        if (!chunk.hasRemaining() || (whole != null && whole.take(chunk.getByteBuffer()))) {
            demand.run();
            return;
        }
        Content.Chunk next = chunk;
        if (whole != null) {
            next = whole.with(chunk.getByteBuffer());
            collected = null;
            change(() -> answered = true);
        }
        if (!arrivals.offer(next, demand)) {
            HopRequest.end(request, new IOException("The answer was not read to its end."));
        }
    }

    @Override
    public void onSuccess(org.eclipse.jetty.client.Response response) {
        if (response.getStatus() < 200) {
            return;
        }
        arrivals.end(null);
        if (feeder != null && feeder.isFeeding()) {
            // The peer has said everything and won't read the rest.
            change(() -> answered = true);
            HopRequest.end(request, new IOException("The answer came before the end of the request."));
        }
    }

    @Override
    public void onComplete(Result result) {
        Throwable cause = result.getResponseFailure() == null ? null : result.getFailure();
        if (feeder != null) {
            feeder.stop();
        }
        over.run();
        arrivals.end(cause);
        change(() -> {
            completed = true;
            failure = cause;
            answered |= cause == null;
        });
    }

    /** Waits until the call has a connection. */
    void awaitBegin(long deadlineNanos) throws InterruptedException, TimeoutException {
        lock.lockInterruptibly();
        try {
            while (!begun && !completed) {
                if (changed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0) {
                    throw new TimeoutException("no connection in time");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is an answer to hand on. */
    void awaitAnswer(long deadlineNanos) throws InterruptedException, TimeoutException, Broken {
        lock.lockInterruptibly();
        try {
            while (!answered && !completed) {
                if (changed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0) {
                    throw new TimeoutException("no answer in time");
                }
            }
            if (!answered) {
                throw new Broken(neverSent(), wasKept(), failure == null ? new IOException("no answer") : failure);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Answers, of a call that was aborted, whether any of it may have been sent. */
    boolean mayBeSent(long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = deadlineNanos - System.nanoTime();
            while (!completed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !completed || !neverSent();
        } finally {
            lock.unlock();
        }
    }

    private boolean neverSent() {
        return !begun || (wire != null && wire.seal(before)) || (!committed && inHandshake());
    }

    private boolean wasKept() {
        Wire known = wire == null ? Wire.below(request.getConnection()) : wire;
        return known != null && known.served(begun ? 1 : 0);
    }

    private boolean isSecure() {
        return "https".equals(request.getScheme());
    }

    /** Before the handshake has ended no byte of a request leaves (RFC 8446, section 2; no early data is used). */
    private boolean inHandshake() {
        if (!isSecure() || request.getConnection() == null) {
            return false;
        }
        EndPoint.SslSessionData session = request.getConnection().getSslSessionData();
        return session == null || session.cipherSuite() == null || NO_CIPHER.equals(session.cipherSuite());
    }

    /**
     * Answers the answer; its content is what was collected, or the stream.
     *
     * @param mostInMemory bytes that a reader may have as a whole
     */
    Response response(AnswerStream stream, int mostInMemory) {
        org.eclipse.jetty.client.Response answer = Objects.requireNonNull(head);
        HttpFields fields = answer.getHeaders();
        Headers headers = HopFields.read(fields);
        Collected whole = collected;
        long declared = HopAnswer.length(fields);
        OptionalLong length = declared < 0 ? OptionalLong.empty() : OptionalLong.of(declared);
        if (whole == null) {
            return new Response(answer.getStatus(), headers, new AnswerBody(stream, length, mostInMemory));
        }
        Body body = request.getMethod().equals("HEAD") ? new NoContent(length) : Body.of(whole.whole());
        return new Response(answer.getStatus(), headers, body);
    }
}
