// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what server-sent events say (HTML, section 9.2), of bounded length all together, or since {@link #begin}. */
final class EventReader {
    private final InputStream in;
    private final AnswerLimit limit;
    private int read;
    private boolean ended;

    EventReader(InputStream in, AnswerLimit limit) {
        this.in = new BufferedInputStream(in);
        this.limit = limit;
    }

    /** Answers the data of the next event that has some; nothing at the end. */
    Optional<String> next() throws IOException {
        StringBuilder data = new StringBuilder();
        while (!ended) {
            String line = line();
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    return Optional.of(data.toString());
                }
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(line.substring(line.startsWith("data: ") ? 6 : 5));
            }
        }
        return Optional.empty(); // an event that does not come to its end is none
    }

    /** What was read up to here counts no more. */
    void begin() {
        read = 0;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (++read > limit.bytes()) {
                throw limit.fault();
            }
            line.write(c);
        }
        ended = c < 0;
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
