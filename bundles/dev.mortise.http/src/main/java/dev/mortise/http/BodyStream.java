// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The content of a request as it arrives: bounded in size, ended when the peer sends too slowly. */
final class BodyStream extends InputStream {
    private final InputStream in;
    private final HttpSettings.Limits limits;
    private final long most;
    private final Pace pace = new Pace();
    private long count;
    // The gateway reads both from other threads too, the reader alone writes them.
    private volatile long waitedNanos;
    private volatile boolean waiting;

    BodyStream(Request request, HttpSettings.Limits limits, long most) {
        this.in = Content.Source.asInputStream(request);
        this.limits = limits;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        long before = System.nanoTime();
        waiting = true;
        int read = receive(target, offset, length);
        // Not after a fault: whoever interrupted the reader may ask only then what it was waiting for.
        waiting = false;
        // Only waiting counts: a reader that takes its time is not the peer's fault.
        waitedNanos = waitedNanos + System.nanoTime() - before;
        count += Math.max(0, read);
        if (count > most) {
            throw RequestBody.tooLarge(most);
        }
        if (read >= 0 && tooSlow()) {
            throw slow(null);
        }
        return read;
    }

    /** See {@link dev.mortise.kernel.call.AwaitedContent}. */
    boolean held(long nanos) {
        return waiting || waitedNanos >= nanos;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    private int receive(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw translated(e);
        }
    }

    private boolean tooSlow() {
        return pace.tooSlow(waitedNanos, count, limits.bodyBytesPerSecond());
    }

    /** Tells the peer's faults, which are answered as such, from those of this side, such as an interrupted reader. */
    private static IOException translated(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException broken) {
                throw new MortiseException(
                        ErrorCode.BAD_REQUEST,
                        "The body of the request is not well-formed: " + broken.getReason() + ".",
                        cause);
            }
            if (cause instanceof TimeoutException) {
                throw slow(cause);
            }
            if (cause instanceof EofException) {
                throw new MortiseException(ErrorCode.BAD_REQUEST, "The body of the request broke off.", cause);
            }
        }
        return failure;
    }

    private static MortiseException slow(@Nullable Throwable cause) {
        String message = "The body of the request came too slowly.";
        return cause == null
                ? new MortiseException(ErrorCode.REQUEST_TIMEOUT, message)
                : new MortiseException(ErrorCode.REQUEST_TIMEOUT, message, cause);
    }
}
