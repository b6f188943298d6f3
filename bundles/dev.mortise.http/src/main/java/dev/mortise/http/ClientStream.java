// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.io.IOException;
import java.io.OutputStream;

/** What is written to the client; remembers when that fails, to tell a client that left from a fault of the writer. */
final class ClientStream extends OutputStream {
    private final OutputStream out;
    private final Taking taking;
    private boolean gone;

    ClientStream(OutputStream out, Taking taking) {
        this.out = out;
        this.taking = taking;
    }

    boolean isGone() {
        return gone;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        attempt(out::flush);
    }

    @Override
    public void close() throws IOException {
        attempt(out::close);
    }

    private void attempt(Write write) throws IOException {
        taking.waits();
        try {
            write.run();
        } catch (IOException e) {
            gone = true;
            throw e;
        } finally {
            taking.waitsNoMore();
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
