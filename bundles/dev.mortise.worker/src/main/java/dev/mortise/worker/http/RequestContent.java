// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The content of a request, read on demand: into memory up to a limit, or as a stream once. */
final class RequestContent implements Body {
    private final InputStream in;
    private final OptionalLong declared;
    private final int most;
    private byte @Nullable [] bytes;
    private boolean taken;

    /**
     * Makes a body.
     *
     * @param declared its length, where the request tells it
     * @param most bytes that are read into memory
     */
    RequestContent(InputStream in, OptionalLong declared, int most) {
        this.in = in;
        this.declared = declared;
        this.most = most;
    }

    @Override
    public synchronized OptionalLong length() {
        return bytes == null ? declared : OptionalLong.of(bytes.length);
    }

    @Override
    public synchronized ByteBuffer buffer() throws IOException {
        byte[] known = bytes;
        if (known == null) {
            known = read();
            bytes = known;
        }
        return ByteBuffer.wrap(known).asReadOnlyBuffer();
    }

    private byte[] read() throws IOException {
        byte[] read = stream().readNBytes(most + 1);
        if (read.length > most) {
            throw new MortiseException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "The body of a request has at most %d MB in memory. Send less.".formatted(most / (1024 * 1024)));
        }
        return read;
    }

    @Override
    public synchronized InputStream stream() {
        if (bytes != null) {
            return new ByteArrayInputStream(bytes);
        }
        if (taken) {
            throw new IllegalStateException("The body of this request was taken as a stream already; that works once.");
        }
        taken = true;
        return in;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        stream().transferTo(sink);
    }

    @Override
    public synchronized boolean buffered() {
        return bytes != null;
    }
}
