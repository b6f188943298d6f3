// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs other programs: arguments as a list, an environment of their own, output and time bounded. */
final class Command {
    private static final int OUTPUT_LIMIT_BYTES = 64 * 1024;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Command() {}

    /** What a program came to: its exit status, and what it wrote to both outputs. */
    record Result(int status, String output) {
        boolean good() {
            return status == 0;
        }
    }

    /** Prepares a program with a clean environment; errors go to its output. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        String path = Optional.ofNullable(environment.get("PATH")).orElse(PATH);
        environment.clear();
        environment.putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
        return builder;
    }

    /** Runs a program to its end; one that is not there or takes too long has failed. */
    static Result run(Duration limit, List<String> command) throws InterruptedException {
        return run(limit, command, new byte[0]);
    }

    /** Runs a program that reads the input. */
    static Result run(Duration limit, List<String> command, byte[] input) throws InterruptedException {
        Process process;
        try {
            process = builder(command).start();
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        }
        try {
            Output output = new Output(process);
            write(process, input);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Result(124, output.text() + "\nIt took longer than " + limit.toSeconds() + " s.");
            }
            return new Result(process.exitValue(), output.text());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void write(Process process, byte[] input) {
        try (OutputStream sink = process.getOutputStream()) {
            sink.write(input);
        } catch (IOException e) {
            // it ended without reading; its status and output say why
            return;
        }
    }

    /** Reads on a thread of its own, so that a full pipe never stops the program. */
    private static final class Output {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread reader;

        Output(Process process) {
            reader = new Thread(() -> read(process.getInputStream()), "mortise-postgres-output");
            reader.setDaemon(true);
            reader.start();
        }

        String text() throws InterruptedException {
            reader.join(1_000);
            synchronized (kept) {
                return kept.toString(StandardCharsets.UTF_8).strip();
            }
        }

        private void read(InputStream source) {
            byte[] buffer = new byte[4096];
            try (source) {
                for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
                    keep(buffer, n);
                }
            } catch (IOException e) {
                // the pipe broke with the program; what came before is kept
                return;
            }
        }

        private void keep(byte[] buffer, int length) {
            synchronized (kept) {
                kept.write(buffer, 0, Math.min(length, OUTPUT_LIMIT_BYTES - kept.size()));
            }
        }
    }
}
