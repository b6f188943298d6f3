// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Body;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.eclipse.jetty.client.OutputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;

/** Writes a body that comes piece by piece, as fast as the peer takes it, on a thread of its own. */
final class Feeder implements Runnable {
    private static final int BUFFER_BYTES = 8192;

    private final Body body;
    private final Request request;
    private final Sized content;
    private volatile boolean feeding = true;
    private volatile @Nullable Throwable fault;

    // The monitor guards it, so that nobody else's task on this thread is interrupted.
    private @Nullable Thread thread;

    Feeder(Body body, Request request) {
        this.body = body;
        this.request = request;
        this.content = new Sized(body.length());
    }

    Request.Content content() {
        return content;
    }

    /** Tells whether there may be more to send. */
    boolean isFeeding() {
        return feeding;
    }

    /** Answers what reading the body threw, or null. */
    @Nullable
    Throwable fault() {
        return fault;
    }

    /** Nobody wants the rest. */
    synchronized void stop() {
        if (thread != null && feeding) {
            thread.interrupt();
        }
    }

    private synchronized void on(@Nullable Thread current) {
        thread = current;
    }

    @Override
    public void run() {
        on(Thread.currentThread());
        Sink sink = new Sink(content.getOutputStream());
        try {
            OutputStream buffered = new BufferedOutputStream(sink, BUFFER_BYTES);
            body.writeTo(buffered);
            buffered.flush();
            feeding = false;
            sink.close();
        } catch (IOException | RuntimeException | Error failure) {
            if (!sink.gone) {
                fault = failure;
            }
            HopRequest.end(request, failure);
        } finally {
            on(null);
            Thread.interrupted(); // what stop() may have left
        }
    }

    /** Content that says its length when the body knows it. */
    private static final class Sized extends OutputStreamRequestContent {
        private final OptionalLong length;

        @SuppressWarnings("NullAway") // no type of content is what null stands for there
        Sized(OptionalLong length) {
            super(null);
            this.length = length;
        }

        @Override
        public long getLength() {
            return length.orElse(-1);
        }
    }

    /** Tells a peer that takes no more from a body that gives no more. */
    private static final class Sink extends OutputStream {
        private final OutputStream out;
        private boolean gone;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException | RuntimeException e) {
                gone = true;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException | RuntimeException e) {
                gone = true;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException | RuntimeException e) {
                gone = true;
                throw e;
            }
        }
    }
}
