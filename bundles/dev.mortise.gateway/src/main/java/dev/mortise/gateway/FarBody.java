// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.port.RemoteFault;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The content of an answer that still comes from an instance elsewhere. It tells how that ended, which says as much of the
 * instance as how it began, and who failed without saying where that is.
 */
final class FarBody implements Body, Closeable {
    private final Body body;
    private final Function<RemoteFault, BrokenAnswer> told;
    private final boolean watched;
    private final CompletableFuture<Optional<RemoteFault.Kind>> over = new CompletableFuture<>();

    /**
     * Hands on a body.
     *
     * @param told makes of a fault of the instance what its reader is thrown
     * @param watched whether somebody else watches over the instance
     */
    FarBody(Body body, Function<RemoteFault, BrokenAnswer> told, boolean watched) {
        this.body = body;
        this.told = told;
        this.watched = watched;
    }

    /** Tells once how it ended: by a fault of the instance, or without, also where its reader wanted no more. */
    void whenOver(Consumer<Optional<RemoteFault.Kind>> listener) {
        var unused = over.thenAccept(listener);
    }

    /** Tells whether somebody else watches over the instance, and replaces it when it can't be reached. */
    boolean watched() {
        return watched;
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        ByteBuffer bytes = reading(body::buffer);
        over.complete(Optional.empty());
        return bytes;
    }

    @Override
    public InputStream stream() throws IOException {
        return new Reader(body.stream());
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        try {
            reading(() -> {
                body.writeTo(sink);
                return true;
            });
        } finally {
            over.complete(Optional.empty());
        }
    }

    @Override
    public void close() {
        Unread.discard(body);
        over.complete(Optional.empty());
    }

    @Override
    public boolean buffered() {
        return body.buffered();
    }

    private <T> T reading(Reading<T> step) throws IOException {
        try {
            return step.read();
        } catch (IOException | RuntimeException fault) {
            if (fault.getCause() instanceof RemoteFault failed) {
                over.complete(Optional.of(failed.kind()));
                throw told.apply(failed);
            }
            throw fault;
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** What the reader of a stream reads. */
    private final class Reader extends InputStream {
        private final InputStream in;

        Reader(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return ended(reading(in::read));
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return ended(reading(() -> in.read(target, offset, length)));
        }

        private int ended(int read) {
            if (read < 0) {
                over.complete(Optional.empty());
            }
            return read;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
            over.complete(Optional.empty());
        }
    }
}
