// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Reads what arrives; closed before its end it ends the call. Used by one thread at a time. */
final class AnswerStream extends InputStream {
    // A reader is slow that took this long for himself, and longer than the answer let him wait.
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Arrivals arrivals;
    private final String peer;
    private final long deadlineNanos;
    private final Consumer<Throwable> abort;
    private final Runnable over;
    private final long begun = System.nanoTime();
    private long waited;

    /**
     * Reads an answer.
     *
     * @param deadlineNanos when waiting ends, {@link Arrivals#NEVER} for an answer that streams
     * @param abort ends the call with a cause
     * @param over waits until the whole exchange is over, whose answer is; runs more than once
     */
    AnswerStream(Arrivals arrivals, String peer, long deadlineNanos, Consumer<Throwable> abort, Runnable over) {
        this.arrivals = arrivals;
        this.peer = peer;
        this.deadlineNanos = deadlineNanos;
        this.abort = abort;
        this.over = over;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            int count = arrive(target, offset, length);
            if (count < 0) {
                over.run();
            }
            return count;
        } catch (InterruptedException e) {
            abort.accept(e);
            Thread.currentThread().interrupt();
            if (deadlineNanos != Arrivals.NEVER && deadlineNanos - System.nanoTime() <= 0) {
                throw late(e);
            }
            throw new InterruptedIOException("The reader of an answer was interrupted.");
        } catch (TimeoutException e) {
            abort.accept(e);
            throw late(e);
        } catch (IOException e) {
            if (Faults.isTimeout(e)) {
                throw late(e);
            }
            throw e.getCause() == null ? e : lost(e);
        }
    }

    @Override
    public int available() {
        return arrivals.available();
    }

    private int arrive(byte[] target, int offset, int length)
            throws IOException, InterruptedException, TimeoutException {
        long asked = System.nanoTime();
        try {
            return arrivals.read(target, offset, length, deadlineNanos);
        } finally {
            waited += System.nanoTime() - asked;
        }
    }

    /** Tells whether the time went by while the reader did something else: nothing comes that is not taken. */
    private boolean slowReader(long leastNanos) {
        long elsewhere = System.nanoTime() - begun - waited;
        return elsewhere >= leastNanos && elsewhere > waited;
    }

    private MortiseException late(Exception cause) {
        RemoteFault.Kind how = slowReader(0) ? RemoteFault.Kind.CUT_SHORT : RemoteFault.Kind.LATE;
        return new MortiseException(
                ErrorCode.DEADLINE_EXCEEDED,
                "The answer did not come to its end in time.",
                new RemoteFault(how, "The answer of " + peer + " did not come to its end in time.", cause));
    }

    /** Where the peer is and what its connection said is for the log, so it is told in the cause alone. */
    private IOException lost(IOException broken) {
        RemoteFault.Kind how = slowReader(SLOW_NANOS) ? RemoteFault.Kind.CUT_SHORT : RemoteFault.Kind.LOST;
        return new IOException(
                "The answer broke off.",
                new RemoteFault(
                        how,
                        "The answer of " + peer + " did not come to its end: " + Faults.reason(broken) + ".",
                        broken));
    }

    @Override
    public void close() {
        if (!arrivals.close()) {
            abort.accept(new IOException("The answer was not read to its end."));
        }
        over.run();
    }
}
