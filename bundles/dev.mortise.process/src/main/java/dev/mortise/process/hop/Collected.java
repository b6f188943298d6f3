// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** The content of an answer that is waited for as a whole. One of unknown length may prove to be too long for that. */
final class Collected {
    private static final int FIRST = 1024;

    private final int most;
    private ByteBuffer bytes;

    private Collected(ByteBuffer bytes, int most) {
        this.bytes = bytes;
        this.most = most;
    }

    /**
     * Answers where to collect content, or null when it is handed on while it comes.
     *
     * @param length as the fields tell it, or -1
     * @param streams whether it may go on for as long as it likes, so that its end is not waited for
     */
    static @Nullable Collected of(long length, int most, boolean streams) {
        if (length < 0) {
            return streams ? null : new Collected(ByteBuffer.allocate(Math.min(FIRST, most)), most);
        }
        return length <= most ? new Collected(ByteBuffer.allocate((int) length), most) : null;
    }

    /** Takes more; false, and without taking any of it, when that is too much. */
    boolean take(ByteBuffer more) {
        int size = bytes.position() + more.remaining();
        if (size > most) {
            return false;
        }
        put(more, size);
        return true;
    }

    /** Answers everything so far with what was too much, as the first piece of an answer that is handed on as it comes. */
    Content.Chunk with(ByteBuffer more) {
        put(more, bytes.position() + more.remaining());
        return Content.Chunk.from(whole(), false);
    }

    /** Answers everything. */
    ByteBuffer whole() {
        return bytes.flip();
    }

    private void put(ByteBuffer more, int size) {
        if (size > bytes.capacity()) {
            bytes = ByteBuffer.allocate(Math.max(size, Math.min(most, 2 * bytes.capacity())))
                    .put(bytes.flip());
        }
        bytes.put(more);
    }
}
