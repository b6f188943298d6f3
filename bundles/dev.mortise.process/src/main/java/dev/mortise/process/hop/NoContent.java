// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Body;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The content of an answer to HEAD: its length, when it was told, and not a byte of it (RFC 9110, section 9.3.2). */
record NoContent(OptionalLong length) implements Body {
    @Override
    public ByteBuffer buffer() {
        return ByteBuffer.allocate(0);
    }

    @Override
    public InputStream stream() {
        return InputStream.nullInputStream();
    }

    @Override
    public void writeTo(OutputStream sink) {}

    @Override
    public boolean buffered() {
        return true;
    }
}
