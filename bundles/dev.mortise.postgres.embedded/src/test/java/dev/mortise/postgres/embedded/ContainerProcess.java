// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** A process that holds a server until it is killed; run by tests as a JVM of its own. */
public final class ContainerProcess {
    private ContainerProcess() {}

    /** Starts a server in the home that the argument names, says so, and waits. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(Path.of(arguments[0])));
        System.out.println(postgres.start().url());
        Thread.sleep(Duration.ofMinutes(5).toMillis());
        postgres.close();
    }

    /** Starts such a process and waits until its server is up. */
    static Process start(Path home) throws IOException {
        Process process = new ProcessBuilder(Arrays.asList(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ContainerProcess.class.getName(),
                        home.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.inputReader().readLine();
        return process;
    }
}
