// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** The body of an answer from elsewhere that holds its connection until it was read or closed. */
final class OpenBody implements Body, Closeable {
    volatile boolean closed;

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        try (InputStream in = stream()) {
            return ByteBuffer.wrap(in.readAllBytes());
        }
    }

    @Override
    public InputStream stream() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        return new FilterInputStream(new ByteArrayInputStream("streamed".getBytes(StandardCharsets.UTF_8))) {
            @Override
            public void close() {
                closed = true;
            }
        };
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        try (InputStream in = stream()) {
            in.transferTo(sink);
        }
    }

    @Override
    public boolean buffered() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
    }
}
