// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of the server, behind its guardian. */
final class Server {
    private static final List<String> OWN_SESSION = List.of("setsid");

    private final Path cluster;
    private final int port;
    private final Process guardian;
    private final ServerLog log = new ServerLog();

    private Server(Path cluster, int port, Process guardian) {
        this.cluster = cluster;
        this.port = port;
        this.guardian = guardian;
        Thread reader = new Thread(() -> log.read(output()), "mortise-postgres-log");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the command under the guardian, in a session of its own so that Ctrl-C reaches the container alone. */
    static Server launch(Path guardian, Path cluster, int port, Duration stopLimit, List<String> command)
            throws IOException {
        List<String> guarded = new ArrayList<>(
                List.of("sh", guardian.toString(), cluster.toString(), String.valueOf(stopLimit.toSeconds())));
        guarded.addAll(command);
        return new Server(cluster, port, start(guarded));
    }

    int port() {
        return port;
    }

    /** Waits until connections are accepted; answers why not, if the server ended or the time is over. */
    Optional<String> awaitReady(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!ready()) {
            if (!guardian.isAlive()) {
                return Optional.of("it ended with " + guardian.exitValue() + ": " + log.tail());
            }
            if (System.nanoTime() > end) {
                return Optional.of("it was not ready within " + limit.toSeconds() + " s: " + log.tail());
            }
            Thread.sleep(5);
        }
        return Optional.empty();
    }

    /** Waits until the server ends, and answers its exit status. */
    int awaitEnd() throws InterruptedException {
        return guardian.waitFor();
    }

    boolean running() {
        return guardian.isAlive();
    }

    /** Stops the server: transactions are rolled back, everything is written. */
    void stop(Duration limit) throws InterruptedException {
        try {
            guardian.getOutputStream().close();
        } catch (IOException e) {
            // the pipe broke: the guardian is gone, the end is looked after below
            guardian.destroyForcibly();
        }
        if (!guardian.waitFor(limit.plusSeconds(7).toMillis(), TimeUnit.MILLISECONDS)) {
            guardian.destroyForcibly();
        }
    }

    private boolean ready() throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() >= 8
                && lines.get(3).equals(String.valueOf(port))
                && lines.get(7).strip().equals("ready");
    }

    private BufferedReader output() {
        return guardian.inputReader();
    }

    private static Process start(List<String> guarded) throws IOException {
        List<String> alone = new ArrayList<>(OWN_SESSION);
        alone.addAll(guarded);
        try {
            return Command.builder(alone).start();
        } catch (IOException e) {
            // no setsid here: Ctrl-C ends the server a little early, which it survives
            return Command.builder(guarded).start();
        }
    }
}
