// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** The content of an answer, as long as its head says. Closing it ends the answer; one that breaks off is not closed. */
final class Whole extends OutputStream {
    private final OutputStream out;
    private final OptionalLong length;
    private final Runnable ended;
    private long written;

    Whole(OutputStream out, OptionalLong length, Runnable ended) {
        this.out = out;
        this.length = length;
        this.ended = ended;
    }

    @Override
    public void write(int octet) throws IOException {
        count(1);
        out.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        count(count);
        out.write(bytes, offset, count);
    }

    private void count(int more) throws IOException {
        written += more;
        if (length.isPresent() && written > length.getAsLong()) {
            throw new IOException("The body has more than the " + length.getAsLong() + " bytes that it said it has.");
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (length.isPresent() && written < length.getAsLong()) {
            throw new IOException(
                    "The body has %d bytes, and said that it has %d.".formatted(written, length.getAsLong()));
        }
        out.close(); // flushes; the library closes no connection here
        ended.run();
    }
}
