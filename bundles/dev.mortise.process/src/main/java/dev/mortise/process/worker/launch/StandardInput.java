// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standard input of a process: lines, and an end. A process may read nothing for as long as it likes: that holds one thread
 * and not those who have something to tell, and only so much waits for it.
 */
final class StandardInput {
    private static final Logger LOG = LoggerFactory.getLogger(StandardInput.class);

    /** What may wait beside the line that is being written; further lines are not taken. */
    private static final int MOST_WAITING = 1 << 20;

    private static final int STACK_BYTES = 128 << 10;

    private final OutputStream sink;
    private final Consumer<Runnable> threads;

    // The monitor guards these.
    private final Deque<Line> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean writing;
    private boolean ended;

    private static final class Line {
        final byte[] text;
        final CompletableFuture<Boolean> written = new CompletableFuture<>();

        Line(String line) {
            text = (line + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    StandardInput(OutputStream sink, String name) {
        this(sink, task -> {
            Thread writer = new Thread(null, task, "mortise-worker-in-" + name, STACK_BYTES, false);
            writer.setDaemon(true);
            writer.start();
        });
    }

    /** Writes on threads that may wait for ever. */
    StandardInput(OutputStream sink, Consumer<Runnable> threads) {
        this.sink = sink;
        this.threads = threads;
    }

    /**
     * Has a line written after those that were told before, while the caller goes on.
     *
     * @return whether it was taken; completes late, or never, where the process does not read
     */
    CompletableFuture<Boolean> write(String line) {
        Line next = new Line(line);
        if (!take(next)) {
            next.written.complete(false);
        }
        return next.written;
    }

    private synchronized boolean take(Line next) {
        if (ended) {
            return false;
        }
        if (!writing) {
            writing = begun(next);
            return writing;
        }
        if (bytes + next.text.length > MOST_WAITING) {
            return false;
        }
        waiting.add(next);
        bytes += next.text.length;
        return true;
    }

    private boolean begun(Line first) {
        try {
            threads.accept(() -> writeAll(first));
            return true;
        } catch (OutOfMemoryError noThread) {
            LOG.error("There is no thread that writes to a process", noThread);
            return false;
        }
    }

    private void writeAll(Line first) {
        first.written.complete(written(first));
        for (Line line = next(); line != null; line = next()) {
            line.written.complete(written(line));
        }
    }

    /** Answers what is written next; null when there is nothing, or it has ended. */
    private synchronized @Nullable Line next() {
        Line next = ended ? null : waiting.poll();
        if (next == null) {
            writing = false;
            if (ended) {
                close();
            }
        } else {
            bytes -= next.text.length;
        }
        return next;
    }

    private boolean written(Line line) {
        try {
            sink.write(line.text);
            sink.flush();
            return true;
        } catch (IOException e) {
            return false; // it is gone, which whoever watches it sees
        }
    }

    /** Ends it. False while a line is being written, since closing would wait for that: it is closed after it then. */
    synchronized boolean end() {
        ended = true;
        waiting.forEach(line -> line.written.complete(false));
        waiting.clear();
        if (!writing) {
            close();
        }
        return !writing;
    }

    private void close() {
        try {
            sink.close();
        } catch (IOException e) {
            LOG.debug("Standard input of a process was closed already", e);
        }
    }
}
