// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** A body that writes itself; whoever wants it as bytes pays for the copy. */
record WriterBody(Writer writer) implements Body {
    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        return ByteBuffer.wrap(collect()).asReadOnlyBuffer();
    }

    @Override
    public InputStream stream() throws IOException {
        return new ByteArrayInputStream(collect());
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        writer.write(sink);
    }

    @Override
    public boolean buffered() {
        return false;
    }

    private byte[] collect() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(bytes);
        return bytes.toByteArray();
    }
}
