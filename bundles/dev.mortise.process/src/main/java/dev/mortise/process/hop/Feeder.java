// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Body;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.OutputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a body that comes piece by piece, as fast as the peer takes it, on a thread of its own. */
final class Feeder implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final int BUFFER_BYTES = 8192;

    private final Body body;
    private final Request request;
    private final Sized content;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean feeding = true;
    private volatile @Nullable Throwable fault;

    // The monitor guards these, so that nobody else's task on this thread is interrupted.
    private @Nullable Thread thread;
    private boolean stopped;

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
        stopped = true;
        if (thread == null) {
            over.countDown();
        } else if (feeding) {
            thread.interrupt();
        }
    }

    /** Waits until the body is read no more; not longer than that, as code behind a body may hear of no interrupt. */
    void awaitOver(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!over.await(nanos, TimeUnit.NANOSECONDS)) {
                LOG.warn("The body of a request is still read, {} ms after its answer", nanos / 1_000_000);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers false when nobody wants the body any more. */
    private synchronized boolean begins() {
        thread = Thread.currentThread();
        return !stopped;
    }

    private synchronized void ends() {
        thread = null;
        Thread.interrupted(); // what stop() may have left
        over.countDown();
    }

    @Override
    public void run() {
        try {
            if (begins()) {
                feed();
            }
        } finally {
            ends();
        }
    }

    private void feed() {
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
