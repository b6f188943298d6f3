// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.http.Body;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The content of an answer as it arrives; it holds a connection until it was read or is closed. */
final class AnswerContent implements Body, Closeable {
    private final InputStream in;
    private final OptionalLong length;
    private byte @Nullable [] bytes;

    AnswerContent(InputStream in, OptionalLong length) {
        this.in = in;
        this.length = length;
    }

    @Override
    public OptionalLong length() {
        return length;
    }

    @Override
    public synchronized ByteBuffer buffer() throws IOException {
        byte[] known = bytes;
        if (known == null) {
            known = in.readAllBytes();
            bytes = known;
        }
        return ByteBuffer.wrap(known).asReadOnlyBuffer();
    }

    @Override
    public synchronized InputStream stream() {
        return bytes == null ? in : new ByteArrayInputStream(bytes);
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        try (InputStream from = stream()) {
            from.transferTo(sink);
        }
    }

    @Override
    public synchronized boolean buffered() {
        return bytes != null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
