// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.http.Body;
import java.io.Closeable;
import java.io.IOException;

/** Bodies that nobody reads: whoever gets an answer and does not write its body gives back what that holds. */
public final class Unread {
    private Unread() {}

    /** Gives back what a body holds, such as a connection; most hold nothing. */
    public static void discard(Body body) {
        if (body instanceof Closeable held) {
            close(held);
        }
    }

    /** Tells whether a body may hold something until it was read. */
    static boolean holds(Body body) {
        return body instanceof Closeable && !body.buffered();
    }

    static void close(Closeable held) {
        try {
            held.close();
        } catch (IOException | RuntimeException ignored) {
            // It is gone, which is what was wanted; what closes it may be code of the plugin that it comes from.
        }
    }
}
