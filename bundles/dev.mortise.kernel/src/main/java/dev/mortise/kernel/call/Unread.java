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
            try {
                held.close();
            } catch (IOException ignored) {
                // It is gone, which is what was wanted.
            }
        }
    }
}
