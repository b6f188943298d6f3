// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import dev.mortise.launcher.program.Distribution;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A container in a child process. It ends with this process, even a killed one: its shell reads a pipe from here. */
final class DemoContainer implements AutoCloseable {
    private static final long STOP_SECONDS = 30;
    private static final int LAST_LINES = 20;

    private final DemoHome home;
    private final Process process;

    private DemoContainer(DemoHome home, Process process) {
        this.home = home;
        this.process = process;
    }

    /** Start the container on free ports, deaf to the MORTISE_ variables of the user. */
    static DemoContainer start(Distribution distribution, DemoHome home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                distribution.script().toString(),
                "run",
                "--home",
                home.home().root().toString(),
                "--edition",
                "standard",
                "--http-port",
                "0",
                "--shell");
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("MORTISE_") && !name.equals("MORTISE_JAVA_OPTS"));
        File console = home.console().toFile();
        return new DemoContainer(
                home, builder.redirectErrorStream(true).redirectOutput(console).start());
    }

    /** Return the address once the listener is open. */
    String awaitAddress(Patience patience) throws InterruptedException {
        return "http://127.0.0.1:" + patience.until("the container listens", this::port);
    }

    private String port() throws IOException {
        requireAlive();
        return Files.exists(home.home().httpPort())
                ? Files.readString(home.home().httpPort()).strip()
                : "";
    }

    /** Fail when the container has ended. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new DemoFailure("The container ended with exit code " + process.exitValue() + ".");
        }
    }

    /** Return the end of what the container printed. */
    List<String> lastWords() {
        try (Stream<String> lines = Files.lines(home.console())) {
            List<String> all = lines.toList();
            return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
        } catch (IOException | UncheckedIOException nothingPrinted) {
            return List.of();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
