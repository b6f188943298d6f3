// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standard input of a process: lines, and an end. */
final class StandardInput {
    private static final Logger LOG = LoggerFactory.getLogger(StandardInput.class);

    private final OutputStream sink;
    private final Object writer = new Object();

    // This guards the flags; writing holds the other one, for as long as the process does not read.
    private final Object flags = new Object();
    private boolean writing;
    private boolean ended;

    StandardInput(OutputStream sink) {
        this.sink = sink;
    }

    /** Writes a line; waits while the pipe is full. False when it is gone. */
    boolean write(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (writer) {
            if (!begin()) {
                return false;
            }
            try {
                sink.write(bytes);
                sink.flush();
                return true;
            } catch (IOException e) {
                return false;
            } finally {
                finish();
            }
        }
    }

    private boolean begin() {
        synchronized (flags) {
            writing = !ended;
            return writing;
        }
    }

    private void finish() {
        synchronized (flags) {
            writing = false;
            if (ended) {
                close();
            }
        }
    }

    /** Ends it. False while somebody writes, since closing would wait for that: it is closed after it then. */
    boolean end() {
        synchronized (flags) {
            ended = true;
            if (!writing) {
                close();
            }
            return !writing;
        }
    }

    private void close() {
        try {
            sink.close();
        } catch (IOException e) {
            LOG.debug("Standard input of a process was closed already", e);
        }
    }
}
