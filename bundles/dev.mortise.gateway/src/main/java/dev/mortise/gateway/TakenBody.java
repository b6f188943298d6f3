// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.port.RemoteInstances.End;
import dev.mortise.kernel.port.RemoteInstances.Taken;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/** The content of an answer that a process still sends: the process is given back when it was read, or nobody reads it. */
final class TakenBody implements Body, Closeable {
    private final Body body;
    private final Taken taken;
    private final AtomicBoolean given = new AtomicBoolean();

    TakenBody(Body body, Taken taken) {
        this.body = body;
        this.taken = taken;
    }

    private void giveBack(End end) {
        if (given.compareAndSet(false, true)) {
            taken.done(end);
        }
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        boolean whole = false;
        try {
            ByteBuffer bytes = body.buffer();
            whole = true;
            return bytes;
        } finally {
            giveBack(whole ? End.WELL : End.UNKNOWN);
        }
    }

    @Override
    public InputStream stream() throws IOException {
        return new FilterInputStream(body.stream()) {
            @Override
            public void close() throws IOException {
                try {
                    super.close();
                } finally {
                    giveBack(End.WELL);
                }
            }
        };
    }

    /** What fails here may be the reader's connection as well: it tells nothing of the process. */
    @Override
    public void writeTo(OutputStream sink) throws IOException {
        boolean whole = false;
        try {
            body.writeTo(sink);
            whole = true;
        } finally {
            giveBack(whole ? End.WELL : End.UNKNOWN);
        }
    }

    @Override
    public boolean buffered() {
        return body.buffered();
    }

    @Override
    public void close() {
        Unread.discard(body);
        giveBack(End.UNKNOWN);
    }
}
