// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what the server writes into Mortise's log, and keeps the last lines for the sentence that says why it did not
 * start. Lines look like {@code 57P01 FATAL:  terminating connection}.
 */
final class ServerLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mortise.postgres.server");
    private static final int KEPT = 12;

    private final Deque<String> last = new ArrayDeque<>();

    /** Reads until the server is gone; runs on a thread of its own. */
    void read(BufferedReader lines) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                write(line);
            }
        } catch (IOException e) {
            LOG.debug("PostgreSQL's output ended", e);
        }
    }

    /** Answers the last lines. */
    synchronized String tail() {
        return String.join("\n", last);
    }

    private synchronized void keep(String line) {
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(line);
    }

    private static void write(String line) {
        if (line.contains(" PANIC: ")) {
            LOG.error("{}", line);
        } else if (line.contains(" FATAL: ") && !line.startsWith("57P0")) {
            LOG.warn("{}", line);
        } else {
            LOG.debug("{}", line);
        }
    }
}
