// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Hands content on that comes from elsewhere while it is written to somebody else. */
public final class Pieces {
    private static final int BYTES = 8192;

    private Pieces() {}

    /**
     * Writes what is read, to its end; closes neither side. Content without a length may go on for as long as it likes, as
     * events do: no piece of it waits in a buffer of the sink for the next one. Where the length is known, buffers may
     * gather what they like.
     *
     * @param in whose {@code available} says what it has at hand without waiting
     */
    public static void handOn(InputStream in, OptionalLong length, OutputStream sink) throws IOException {
        byte[] piece = new byte[BYTES];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            sink.write(piece, 0, count);
            if (length.isEmpty() && in.available() == 0) {
                sink.flush();
            }
        }
    }
}
