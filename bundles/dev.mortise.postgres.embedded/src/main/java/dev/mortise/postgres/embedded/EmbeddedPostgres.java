// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import dev.mortise.kernel.port.DatabaseServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of this container: loopback TCP, passwords, its own data directory. It ends when it is closed, and
 * also when this process dies. Not for use by several threads, except that {@link #close} may be called by any.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int ATTEMPTS = 6;

    private final ServerSettings settings;
    private final Candidates candidates;
    private @Nullable FileChannel lock;
    private @Nullable Prepared prepared;
    private volatile @Nullable Server server;
    private volatile boolean closed;

    /** Makes a server that is not started yet. */
    public EmbeddedPostgres(ServerSettings settings) {
        this(settings, AccountChoice::candidates);
    }

    EmbeddedPostgres(ServerSettings settings, Candidates candidates) {
        this.settings = settings;
        this.candidates = candidates;
    }

    /** Answers the accounts to try, best first. */
    interface Candidates {
        List<Account> accounts(String user) throws IOException;
    }

    private record Prepared(Programs programs, AccountChoice.Chosen chosen, Path cluster, Passwords passwords) {}

    /**
     * Starts the server, or starts it again on the same port after it ended, and waits until it accepts connections.
     *
     * @throws IOException when it does not start now
     * @throws RuntimeException when it will not start before a person acts
     */
    public DatabaseServer start() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Prepared ready = prepared();
        Server before = server;
        Server started = launch(ready, before == null ? settings.port() : before.port());
        LOG.info(
                "PostgreSQL {} accepts connections on 127.0.0.1:{} after {} ms",
                ready.chosen.version(),
                started.port(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        return new LocalDatabase(
                "jdbc:postgresql://127.0.0.1:" + started.port() + "/mortise",
                "mortise",
                Optional.of(ready.passwords.core()));
    }

    /** Waits until the server ends by itself or is closed; answers its exit status. */
    public int awaitEnd() throws InterruptedException {
        Server running = server;
        return running == null ? 0 : running.awaitEnd();
    }

    /** Tells whether the server's process is there. */
    public boolean running() {
        Server running = server;
        return running != null && running.running();
    }

    @Override
    public void close() {
        closed = true;
        Server running = server;
        try {
            if (running != null) {
                running.stop(settings.stopLimit());
                new ServerProcesses(settings.cluster().toRealPath()).end();
            }
            release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("PostgreSQL is still stopping; its guardian will see to it");
        } catch (IOException e) {
            LOG.warn("PostgreSQL may not have stopped cleanly", e);
        }
    }

    private synchronized Prepared prepared() throws IOException, InterruptedException {
        if (prepared == null) {
            Folders.createPrivate(settings.data());
            hold();
            Programs programs = settings.programs().isPresent()
                    ? new Programs(settings.programs().get())
                    : BundledPrograms.in(settings.cache()).unpacked();
            AccountChoice.Chosen chosen =
                    new AccountChoice(candidates.accounts(settings.user()), programs, passed()).choose();
            if (Files.isDirectory(settings.cluster())) {
                new ServerProcesses(settings.cluster().toRealPath()).end();
            }
            Passwords passwords = new Cluster(settings, programs, chosen).prepare();
            installGuardian();
            prepared = new Prepared(programs, chosen, settings.cluster().toRealPath(), passwords);
        }
        return prepared;
    }

    private List<Path> passed() {
        Path home = settings.data().toAbsolutePath().getParent();
        return home == null
                ? List.of(settings.data(), settings.cache())
                : List.of(home, settings.data(), settings.cache());
    }

    private void hold() throws IOException {
        if (lock != null) {
            // an earlier try came this far and failed later
            return;
        }
        FileChannel channel = FileChannel.open(settings.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                lock = channel;
                return;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("The lock is held in this process", e);
        }
        channel.close();
        throw new Refusal("Another Mortise runs PostgreSQL in " + settings.cluster()
                + ". Stop it, or start this one with another --home.");
    }

    private synchronized void release() throws IOException {
        FileChannel held = lock;
        lock = null;
        prepared = null;
        if (held != null) {
            held.close();
        }
    }

    private void installGuardian() throws IOException {
        try (InputStream script = EmbeddedPostgres.class.getResourceAsStream("guardian.sh")) {
            if (script == null) {
                throw new IllegalStateException("guardian.sh is missing in the bundle.");
            }
            Files.copy(script, settings.guardian(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Server launch(Prepared ready, int wantedPort) throws IOException, InterruptedException {
        String failure = "";
        int port = wantedPort;
        for (int attempt = 1; attempt <= ATTEMPTS && !closed; attempt++) {
            new ServerProcesses(ready.cluster).end();
            Files.deleteIfExists(ready.cluster.resolve("postmaster.pid"));
            port = port == 0 ? freePort() : port;
            Server candidate =
                    Server.launch(settings.guardian(), ready.cluster, port, settings.stopLimit(), command(ready, port));
            server = candidate;
            Optional<String> reason = candidate.awaitReady(settings.startLimit());
            if (reason.isEmpty()) {
                return candidate;
            }
            failure = reason.get();
            candidate.stop(Duration.ZERO);
            port = settings.port();
            LOG.debug("PostgreSQL did not start at attempt {}: {}", attempt, failure);
            Thread.sleep(50L << attempt);
        }
        throw new IOException("PostgreSQL did not start: " + failure);
    }

    private List<String> command(Prepared ready, int port) {
        return ready.chosen
                .account()
                .command(ServerCommand.of(ready.programs, ready.chosen.major(), ready.cluster, port, settings));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
