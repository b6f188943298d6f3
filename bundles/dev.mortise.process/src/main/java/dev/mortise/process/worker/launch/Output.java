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
    /** Of a line that is for somebody. */
    private static final int SPOKEN_BYTES = 4 << 20;

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
     * @param told gets the lines of standard output, where they are for somebody and not for the log
     */
    void read(InputStream standard, InputStream error, Optional<Consumer<String>> told) {
        start(
                "out",
                () -> told.ifPresentOrElse(
                        lines -> read(standard, SPOKEN_BYTES, lines),
                        () -> read(standard, lineBytes, line -> lines.take(line, Level.INFO))));
        start("err", () -> read(error, lineBytes, line -> lines.take(line, Level.WARN)));
    }

    private void start(String name, Runnable reading) {
        Thread reader = new Thread(
                null,
                reading,
                "mortise-worker-" + name + "-" + label.plugin() + "-" + label.instance(),
                STACK_BYTES,
                false);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream source, int longest, Consumer<String> taker) {
        LineReader reader = new LineReader(new BufferedInputStream(source), longest);
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
