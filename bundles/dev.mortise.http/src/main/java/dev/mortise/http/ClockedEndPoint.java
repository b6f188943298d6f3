// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection that knows since when the fields of a request are on their way, and since when the client takes no more.
 * Jetty itself has only the idle timeout, and a sender of one byte every few seconds never meets that.
 */
final class ClockedEndPoint extends SocketChannelEndPoint {
    private static final long QUIET = Long.MIN_VALUE;
    private static final long NOT_HELD = Long.MIN_VALUE;
    private static final long BUSY = Long.MIN_VALUE + 1;

    /** When the first byte of the request came on the scale of nanoTime, or QUIET, or BUSY from its last field on. */
    private volatile long headerBegun = QUIET;

    // Written out by any thread; all of them write the same.
    private @Nullable String clientAddress;

    /** Since when bytes wait for the client to take those before them, on the scale of nanoTime, or NOT_HELD. */
    private volatile long heldSince = NOT_HELD;
    /** Written by whoever flushes, one at a time; a look from elsewhere may be a moment late. */
    private volatile long heldBytes;

    /** How fast the client takes what waits since then; only for whoever asks whether that is too slow. */
    private @Nullable Pace pace;

    private long watchedSince;

    ClockedEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        int filled = super.fill(buffer);
        if (filled > 0 && headerBegun == QUIET) {
            headerBegun = System.nanoTime();
        }
        return filled;
    }

    /** Answers the address of the other end, which is the same for every request and is written out once. */
    String clientAddress(Request request) {
        String known = clientAddress;
        if (known == null) {
            known = Request.getRemoteAddr(request);
            clientAddress = known;
        }
        return known;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long before = remaining(buffers);
        boolean all = super.flush(buffers);
        if (all) {
            taken();
        } else if (heldSince == NOT_HELD) {
            heldBytes = 0;
            heldSince = System.nanoTime();
        } else {
            long taken = heldBytes;
            heldBytes = taken + before - remaining(buffers);
        }
        return all;
    }

    /** Most answers never wait, and a write to what others read costs more than a look. */
    private void taken() {
        if (heldSince != NOT_HELD) {
            heldSince = NOT_HELD;
        }
    }

    private static long remaining(ByteBuffer... buffers) {
        long sum = 0;
        for (ByteBuffer buffer : buffers) {
            sum += buffer.remaining();
        }
        return sum;
    }

    /** The fields of a request are complete, or the connection speaks a protocol that interleaves requests. */
    void requestBegun() {
        headerBegun = BUSY;
    }

    /** The answer is complete; the next byte begins a new request. */
    void requestEnded() {
        headerBegun = QUIET;
    }

    /** The answer begins; a handler's time does not count as silence of the client. */
    void answerBegins() {
        notIdle();
    }

    /**
     * Looks again before it is too late: the timer decides on what it read before, and an answer that begins at that very
     * moment, as one at a deadline does, would be cut off (seen with Jetty 12.1.14).
     */
    @Override
    protected void onIdleExpired(TimeoutException timeout) {
        if (getIdleFor() >= getIdleTimeout()) {
            super.onIdleExpired(timeout);
        }
    }

    /** Tells whether nothing of a request is here. */
    boolean isQuiet() {
        return headerBegun == QUIET;
    }

    /**
     * Tells whether the client takes what is written more slowly than it must, after a grace as for what it sends. One timer
     * asks, again and again.
     */
    boolean answerOverdue(long now, long bytesPerSecond) {
        long since = heldSince;
        if (since == NOT_HELD) {
            pace = null;
            return false;
        }
        Pace watched = pace;
        if (watched == null || watchedSince != since) {
            watched = new Pace();
            pace = watched;
            watchedSince = since;
        }
        long taken = heldBytes;
        // Others may wait by now, of which less was taken.
        return heldSince == since && watched.tooSlow(now - since, taken, bytesPerSecond);
    }

    /** Tells whether the fields of a request were not complete in time. */
    boolean headerOverdue(long now, long timeoutNanos) {
        long begun = headerBegun;
        return begun != QUIET && begun != BUSY && now - begun > timeoutNanos;
    }
}
