// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A shell that runs commands until one fails, and what it left in the background then ends with it. */
record Session(Path folder, Path output) {
    private static final String FRAME = """
            set -eu
            trap 'for job in $(jobs -p); do kill "$job" 2>/dev/null || true; done; wait' EXIT
            """;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Runs the commands and answers the exit code. */
    int run(Path script, String commands) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(
                        "bash", Files.writeString(script, FRAME + commands).toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The commands run for more than " + PATIENCE + ":\n" + printed());
            }
            return shell.exitValue();
        } finally {
            end(shell);
        }
    }

    /** Answers what the commands printed. */
    String printed() throws IOException {
        return Files.readString(output);
    }

    private static void end(Process shell) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(shell.toHandle()), shell.descendants()).toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(process -> process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join());
    }
}
