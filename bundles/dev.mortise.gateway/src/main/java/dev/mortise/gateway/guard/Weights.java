// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.api.http.Headers;
import java.util.Collection;

/** About what texts take, in bytes, at most. */
final class Weights {
    /** What a text takes beside its characters, with its place in a list or map. */
    static final int TEXT = 100;

    private Weights() {}

    static long of(Headers fields) {
        long bytes = 0;
        for (String name : fields.names()) {
            bytes += of(name) + of(fields.all(name));
        }
        return bytes;
    }

    static long of(Collection<String> texts) {
        long bytes = 0;
        for (String text : texts) {
            bytes += of(text);
        }
        return bytes;
    }

    static long of(String text) {
        return TEXT + 2L * text.length();
    }
}
