// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.http.Body;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** The content of an answer to HEAD: its length, when it was told, and not a byte of it (RFC 9110, section 9.3.2). */
public record NoContent(OptionalLong length) implements Body {
    /** Answers what stands for a body that nobody asked for; what it holds is given back. */
    public static NoContent inPlaceOf(Body body) {
        Unread.discard(body);
        return new NoContent(body.length());
    }

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
