// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Carries what a process writes into the log, line by line: INFO from standard output, WARN from standard error. */
final class Output {
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);
    private static final int STACK_BYTES = 128 << 10;

    private final Launch.OutputLabel label;
    private final OutputLines lines;
    private final int lineBytes;

    Output(Launch.OutputLabel label, LaunchSettings.OutputLimits limits) {
        this.label = label;
        lines = new OutputLines(label, limits.linesPerSecond(), System::nanoTime);
        lineBytes = limits.lineBytes();
    }

    /** Reads both until the process is gone, each on a thread of its own, which ends with it. */
    void read(InputStream standard, InputStream error) {
        start("out", standard, Level.INFO);
        start("err", error, Level.WARN);
    }

    private void start(String name, InputStream source, Level level) {
        Thread reader = new Thread(
                null,
                () -> read(source, level),
                "mortise-worker-" + name + "-" + label.plugin() + "-" + label.instance(),
                STACK_BYTES,
                false);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream source, Level level) {
        LineReader reader = new LineReader(new BufferedInputStream(source), lineBytes);
        try (source) {
            for (String line = reader.next(); line != null; line = reader.next()) {
                lines.take(line, level);
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
