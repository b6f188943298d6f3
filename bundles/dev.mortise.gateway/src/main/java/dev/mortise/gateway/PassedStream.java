// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.gateway.guard.OpenStreams;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The stream of a plugin while another one passes it on, on the thread that writes it. It ends in order when the version
 * that it comes from leaves, whoever has the client: who reads events comes again and finds the next version.
 */
final class PassedStream extends OutputStream implements OpenStreams.Open {
    private final OutputStream sink;
    private final Thread thread = Thread.currentThread();
    // The monitor guards these, and that the thread is interrupted only while it writes.
    private boolean ended;
    private boolean over;

    private PassedStream(OutputStream sink) {
        this.sink = sink;
    }

    /** Writes the body until it ends or its version leaves; what its writer makes of the interrupt is its matter. */
    static void write(Body body, OutputStream sink, OpenStreams streams) throws IOException {
        PassedStream stream = new PassedStream(sink);
        streams.begun(stream);
        try {
            body.writeTo(stream);
        } catch (IOException | RuntimeException fault) {
            if (!stream.over()) {
                throw fault;
            }
        } finally {
            stream.over();
            streams.over(stream);
        }
    }

    @Override
    public synchronized void end() {
        if (!over && !ended) {
            ended = true;
            thread.interrupt();
        }
    }

    /** From here on nobody interrupts the thread; answers whether it was ended. */
    private synchronized boolean over() {
        if (!over && ended) {
            Thread.interrupted();
        }
        over = true;
        return ended;
    }

    @Override
    public void write(int b) throws IOException {
        writable().write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writable().write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        writable().flush();
    }

    private synchronized OutputStream writable() throws IOException {
        if (ended) {
            throw new IOException("This stream is over: its plugin leaves.");
        }
        return sink;
    }
}
