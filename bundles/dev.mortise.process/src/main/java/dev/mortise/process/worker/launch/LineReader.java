// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines of a bounded length; the rest of a longer one is read and left out. */
final class LineReader {
    private static final String CUT = " … (cut)";

    private final InputStream source;
    private final int limit;
    private boolean cut;

    LineReader(InputStream source, int limitBytes) {
        this.source = source;
        limit = limitBytes;
    }

    /** Tells whether the line that was answered last was longer. */
    boolean cut() {
        return cut;
    }

    /** Answers the next line, or null at the end. */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        int c = source.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = source.read()) {
            if (length++ < limit) {
                line.write(c);
            }
        }
        String text = line.toString(StandardCharsets.UTF_8);
        cut = length > limit;
        return cut ? text + CUT : text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
