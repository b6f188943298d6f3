// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import java.io.IOException;
import java.io.InputStream;

/** The content of a request. Its sender is told to go on when somebody reads, if that is what he waits for. */
final class Content extends InputStream {
    private static final int PIECE = 8 * 1024;

    private final InputStream in;
    private final GoOn goOn;
    private volatile boolean awaited;
    private volatile boolean closed;

    /** Says that content may come. */
    interface GoOn {
        void say() throws IOException;
    }

    Content(InputStream in, boolean awaited, GoOn goOn) {
        this.in = in;
        this.awaited = awaited;
        this.goOn = goOn;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1]; // the library takes a chunk that breaks off for its end when it is read so
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (closed) {
            throw new IOException("The body of this request was closed by its reader.");
        }
        return next(bytes, offset, count);
    }

    /** One at a time: a handler may have given the body to a thread that reads on while the rest of it is skipped here. */
    private synchronized int next(byte[] bytes, int offset, int count) throws IOException {
        if (awaited) {
            awaited = false;
            goOn.say();
        }
        return in.read(bytes, offset, count);
    }

    @Override
    public int available() throws IOException {
        return closed || awaited ? 0 : Math.max(0, in.available());
    }

    /** What was not read stays on the connection. */
    @Override
    public void close() {
        closed = true;
    }

    /** Tells whether its sender still waits to be told to go on, so that nobody knows what comes next. */
    boolean awaited() {
        return awaited;
    }

    /** Reads what nobody wanted; tells whether the next request follows. */
    boolean drain(int most) throws IOException {
        if (awaited) {
            return false;
        }
        byte[] waste = new byte[PIECE];
        int read = 0;
        for (int drained = 0; read >= 0 && drained <= most; drained += read) {
            read = next(waste, 0, waste.length);
        }
        return read < 0;
    }
}
