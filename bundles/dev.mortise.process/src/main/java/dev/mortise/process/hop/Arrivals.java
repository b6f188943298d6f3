// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * One piece of an answer at a time, from the thread of the connection to the reader: the next one is read from the
 * connection when this one was taken.
 */
final class Arrivals {
    /** No deadline. */
    static final long NEVER = 0;

    private final ReentrantLock lock = new ReentrantLock(); // guards all below; nothing foreign is called under it
    private final Condition changed = lock.newCondition();
    private @Nullable Piece piece;
    private @Nullable Throwable failure;
    private boolean ended;
    private boolean closed;

    private record Piece(Content.Chunk chunk, Runnable demand) {
        void done() {
            chunk.release();
            demand.run();
        }
    }

    /** Takes a piece; false when nobody reads any more. */
    boolean offer(Content.Chunk chunk, Runnable demand) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            chunk.retain();
            piece = new Piece(chunk, demand);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing comes any more: it was all, or what was to come is lost. */
    void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = cause;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Reads some bytes, waiting for them; -1 at the end. */
    int read(byte[] target, int offset, int length, long deadlineNanos)
            throws IOException, InterruptedException, TimeoutException {
        Piece emptied = null;
        lock.lockInterruptibly();
        try {
            Piece next = await(deadlineNanos);
            if (next == null) {
                return -1;
            }
            ByteBuffer buffer = next.chunk.getByteBuffer();
            int count = Math.min(buffer.remaining(), length);
            buffer.get(target, offset, count);
            if (!buffer.hasRemaining()) {
                piece = null;
                emptied = next;
            }
            return count;
        } finally {
            lock.unlock();
            if (emptied != null) {
                emptied.done();
            }
        }
    }

    /** Answers how many bytes can be read without waiting. */
    int available() {
        lock.lock();
        try {
            return piece == null ? 0 : piece.chunk.getByteBuffer().remaining();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Piece await(long deadlineNanos) throws IOException, InterruptedException, TimeoutException {
        while (piece == null && !ended && !closed) {
            if (deadlineNanos == NEVER) {
                changed.await();
            } else if (changed.awaitNanos(deadlineNanos - System.nanoTime()) <= 0) {
                throw new TimeoutException("The deadline passed.");
            }
        }
        if (closed) {
            throw new IOException("The answer was closed by its reader.");
        }
        if (piece == null && failure != null) {
            throw new IOException("The answer broke off: " + Faults.reason(failure) + ".", failure);
        }
        return piece;
    }

    /** Lets go of what was not read; answers whether everything was. */
    boolean close() {
        lock.lock();
        try {
            boolean complete = ended && piece == null;
            closed = true;
            if (piece != null) {
                piece.chunk.release();
                piece = null;
            }
            changed.signalAll();
            return complete;
        } finally {
            lock.unlock();
        }
    }

    /** Answers milliseconds, rounded up, at least one. */
    static long millisUntil(long deadlineNanos) {
        long nanos = deadlineNanos - System.nanoTime();
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
    }
}
