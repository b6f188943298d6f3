// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Reads what arrives; closed before its end it ends the call. */
final class AnswerStream extends InputStream {
    private final Arrivals arrivals;
    private final String peer;
    private final long deadlineNanos;
    private final Consumer<Throwable> abort;
    private final Runnable over;

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
            int count = arrivals.read(target, offset, length, deadlineNanos);
            if (count < 0) {
                over.run();
            }
            return count;
        } catch (InterruptedException e) {
            abort.accept(e);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The reader of an answer of " + peer + " was interrupted.");
        } catch (TimeoutException e) {
            abort.accept(e);
            throw late(e);
        } catch (IOException e) {
            if (Faults.isTimeout(e)) {
                throw late(e);
            }
            throw e;
        }
    }

    @Override
    public int available() {
        return arrivals.available();
    }

    private MortiseException late(Exception cause) {
        return new MortiseException(
                ErrorCode.DEADLINE_EXCEEDED, "The answer of " + peer + " did not come to its end in time.", cause);
    }

    @Override
    public void close() {
        if (!arrivals.close()) {
            abort.accept(new IOException("The answer was not read to its end."));
        }
        over.run();
    }
}
