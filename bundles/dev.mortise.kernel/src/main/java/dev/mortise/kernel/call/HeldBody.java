// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.http.Body;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The content of an answer that holds a connection until it was read or closed. */
final class HeldBody implements Body, Closeable {
    private final Body body;
    private volatile @Nullable HeldAnswers holder;
    private volatile @Nullable InputStream taken;

    HeldBody(Body body) {
        this.body = body;
    }

    void heldBy(HeldAnswers now) {
        holder = now;
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        try {
            return body.buffer();
        } finally {
            release();
        }
    }

    @Override
    public InputStream stream() throws IOException {
        InputStream stream = new FilterInputStream(body.stream()) {
            @Override
            public void close() throws IOException {
                release();
                super.close();
            }
        };
        taken = stream;
        return stream;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        try {
            body.writeTo(sink);
        } finally {
            release();
        }
    }

    @Override
    public boolean buffered() {
        return body.buffered();
    }

    /** Gives the connection back, also when somebody began to read. */
    @Override
    public void close() {
        release();
        InputStream stream = taken;
        if (stream == null) {
            Unread.discard(body);
        } else {
            Unread.close(stream);
        }
    }

    private void release() {
        HeldAnswers now = holder;
        if (now != null) {
            now.remove(this);
        }
    }

    @Override
    public String toString() {
        return body.toString();
    }
}
