// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Somebody who sees what is written to him once it is flushed, as behind a buffer. */
final class GatheringSink extends OutputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private volatile String flushed = "nothing yet";
    private volatile int flushes;

    @Override
    public void write(int b) {
        written.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        written.write(bytes, offset, length);
    }

    @Override
    public void flush() {
        flushes++;
        flushed = written();
    }

    int flushes() {
        return flushes;
    }

    String flushed() {
        return flushed;
    }

    String written() {
        return written.toString(StandardCharsets.ISO_8859_1);
    }

    /** Waits on the other side's thread until the text is through. */
    void awaitFlushed(String text) throws IOException {
        TestHops.eventually().until(() -> flushed.equals(text));
    }
}
