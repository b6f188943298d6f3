// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Carries what a process writes into the log, line by line: INFO from standard output, WARN from standard error; or standard
 * output to whom it is for.
 */
final class Output {
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);
    private static final int STACK_BYTES = 128 << 10;
    /** As the system has it: reading what is said takes more than writing a log. */
    private static final int WHOLE_STACK = 0;

    private final Launch.OutputLabel label;
    private final OutputLines lines;
    private final int lineBytes;

    Output(Launch.OutputLabel label, LaunchSettings.OutputLimits limits) {
        this.label = label;
        lines = new OutputLines(label, limits.linesPerSecond(), System::nanoTime);
        lineBytes = limits.lineBytes();
    }

    /**
     * Reads both until the process is gone, each on a thread of its own, which ends with it.
     *
     * @param spoken gets the lines of standard output, where they are for somebody and not for the log
     */
    void read(InputStream standard, InputStream error, Optional<Spoken> spoken) {
        spoken.ifPresentOrElse(
                whose -> start("out", WHOLE_STACK, () -> speak(standard, whose)),
                () -> start("out", STACK_BYTES, () -> log(standard, Level.INFO)));
        start("err", STACK_BYTES, () -> log(error, Level.WARN));
    }

    private void start(String name, int stack, Runnable reading) {
        Thread reader = new Thread(
                null, reading, "mortise-worker-" + name + "-" + label.plugin() + "-" + label.instance(), stack, false);
        reader.setDaemon(true);
        reader.start();
    }

    private void log(InputStream source, Level level) {
        LineReader reader = new LineReader(new BufferedInputStream(source), lineBytes);
        read(source, reader, line -> lines.take(line, level));
    }

    private void speak(InputStream source, Spoken whose) {
        LineReader reader = new LineReader(new BufferedInputStream(source), whose.longest());
        read(source, reader, line -> {
            try {
                if (reader.cut()) {
                    whose.tooLong().run();
                } else {
                    whose.taker().accept(line);
                }
            } catch (RuntimeException | Error e) {
                // a program whose lines nobody reads any more stands still
                LOG.error("plugin={} what a line of its program says was not taken in", label.plugin(), e);
            }
        });
    }

    private void read(InputStream source, LineReader reader, Consumer<String> taker) {
        try (source) {
            for (String line = reader.next(); line != null; line = reader.next()) {
                taker.accept(line);
            }
        } catch (IOException e) {
            LOG.debug("Output of a process ended", e);
        } finally {
            lines.end();
        }
    }

    String lastLine() {
        return lines.last();
    }
}
