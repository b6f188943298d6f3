// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code mortise worker}, as a person or a machine starts it. */
final class WorkerProgram implements AutoCloseable {
    private final Process process;
    private final Path output;

    private WorkerProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static WorkerProgram start(Product product, Path output, String... options) throws IOException {
        return start(product, Map.of(), output, options);
    }

    static WorkerProgram start(Product product, Map<String, String> environment, Path output, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(product.script().toString(), "worker"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return new WorkerProgram(builder.start(), output);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end and answers the exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("It did not end: " + output());
        }
        return process.exitValue();
    }

    /** Asks it to end. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
