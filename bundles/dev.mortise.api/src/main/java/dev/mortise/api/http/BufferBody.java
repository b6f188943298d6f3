// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.OptionalLong;

/** A body in memory; every reader gets a read-only view of his own of the same bytes. */
record BufferBody(ByteBuffer bytes) implements Body {
    static final BufferBody EMPTY = new BufferBody(ByteBuffer.allocate(0));

    @Override
    public OptionalLong length() {
        return OptionalLong.of(bytes.remaining());
    }

    @Override
    public ByteBuffer buffer() {
        return bytes.asReadOnlyBuffer();
    }

    @Override
    public InputStream stream() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return new ByteArrayInputStream(copy);
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        Channels.newChannel(sink).write(bytes.asReadOnlyBuffer());
    }

    @Override
    public boolean buffered() {
        return true;
    }
}
