// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The content of a request or response: bytes in memory, or a stream that can be read once. Never an object of a
 * plugin's class.
 */
@ProviderType
public interface Body {
    /** Answers the length in bytes, or nothing for a stream of unknown length. */
    OptionalLong length();

    /**
     * Answers all bytes as a fresh read-only buffer. Reads a stream to its end the first time.
     *
     * @throws dev.mortise.api.error.MortiseException PAYLOAD_TOO_LARGE when the stream exceeds its limit,
     *     REQUEST_TIMEOUT when the peer is too slow, BAD_REQUEST when its framing is broken
     * @throws IOException when the peer fails while it is read
     */
    ByteBuffer buffer() throws IOException;

    /**
     * Answers the bytes as a stream; a streaming body can be taken once. The taker closes it. Reading it throws what
     * {@link #buffer} throws.
     */
    InputStream stream() throws IOException;

    /** Writes the bytes to a sink without closing it. */
    void writeTo(OutputStream sink) throws IOException;

    /** Tells whether the bytes are in memory. */
    boolean buffered();

    /** Answers all bytes as UTF-8 text. */
    default String text() throws IOException {
        return StandardCharsets.UTF_8.decode(buffer()).toString();
    }

    /** Answers a body without bytes. */
    static Body empty() {
        return BufferBody.EMPTY;
    }

    /** Makes a body of bytes, which must not be changed afterwards. */
    static Body of(byte[] bytes) {
        return new BufferBody(ByteBuffer.wrap(bytes));
    }

    /** Makes a body of the remaining bytes of a buffer, without copying. */
    static Body of(ByteBuffer bytes) {
        return new BufferBody(bytes.slice());
    }

    /** Makes a body of text in UTF-8. */
    static Body of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a body that writes itself piece by piece, such as server-sent events; what it flushes is sent at once. */
    static Body writing(Writer writer) {
        return new WriterBody(writer);
    }

    /** Writes the bytes of a streaming body. */
    @FunctionalInterface
    interface Writer {
        /** Writes everything to the sink; does not close it. */
        void write(OutputStream sink) throws IOException;
    }
}
