// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.process.worker.launch.Child;
import dev.mortise.process.worker.launch.Launch;
import dev.mortise.process.worker.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of a worker as the JVM keeps them for the next start (class data sharing, docs/decisions/0026): made once for
 * each JDK by a rehearsal beside the work, under a name of its own until it is whole, so that several containers of one
 * distribution may make it at once. Where it can't be kept workers start as well, only later.
 */
final class ClassArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String NAME = "classes-" + System.getProperty("java.version") + ".jsa";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What a container that was killed has left of an archive. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Launcher launcher;

    // The monitor guards these.
    private boolean tried;
    private boolean closed;
    private @Nullable Child rehearsal;

    /** Makes nothing yet. */
    ClassArchive(Launcher launcher) {
        this.launcher = launcher;
    }

    /** Answers it, if there is one that belongs to what lies in the folder of the distribution. */
    static Optional<Path> find(Path worker) {
        Path file = worker.resolve(NAME);
        try (Stream<Path> all = Files.list(worker)) {
            // the JVM refuses one that is of other jars, and says nothing
            FileTime made = Files.getLastModifiedTime(file);
            return all.filter(other -> other.toString().endsWith(".jar"))
                            .allMatch(jar -> jar.toFile().lastModified() <= made.toMillis())
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Makes it unless it is there, once in the life of a container; returns when that is done, or was given up. */
    void make(Path worker) {
        if (find(worker).isPresent() || !Files.isWritable(worker) || !first()) {
            return;
        }
        long begin = System.nanoTime();
        Path part = worker.resolve(NAME + "." + launcher.nonce());
        try {
            forget(worker);
            rehearse(worker, part);
            // processes read it as other users
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(part, worker.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
            LOG.info(
                    "Classes of workers are kept in {}, made in {} ms: they start sooner from now on",
                    worker.resolve(NAME),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        } catch (IOException e) {
            LOG.warn("Classes of workers are not kept for their next start: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            delete(part);
        }
    }

    private synchronized boolean first() {
        boolean first = !tried && !closed;
        tried = true;
        return first;
    }

    private void rehearse(Path worker, Path part) throws IOException, InterruptedException {
        Child child = launcher.start(
                new Launch(
                        command(worker, part),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new Launch.OutputLabel("mortise", Optional.empty(), 0),
                        true),
                launcher.nonce());
        if (!owned(child)) {
            child.kill();
        }
        try {
            int status = child.gone().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (status != 0 || !Files.exists(part)) {
                throw new IOException(Ends.sentence(status, child.lastLine()));
            }
        } catch (TimeoutException | ExecutionException e) {
            child.kill();
            throw new IOException("it took longer than " + PATIENCE.toSeconds() + " s", e);
        }
    }

    private synchronized boolean owned(Child child) {
        rehearsal = child;
        return !closed;
    }

    private static List<String> command(Path worker, Path part) {
        return List.of(
                PluginLaunch.JAVA.toString(),
                "@" + worker.resolve("jvm.options"),
                "-XX:ArchiveClassesAtExit=" + part,
                "-cp",
                worker.resolve("*").toString(),
                "dev.mortise.worker.Rehearsal");
    }

    private static void forget(Path worker) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(FORGOTTEN));
        try (Stream<Path> all = Files.list(worker)) {
            for (Path file : all.filter(other -> other.getFileName().toString().contains(".jsa."))
                    .toList()) {
                if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
                    delete(file);
                }
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} stays", file, e);
        }
    }

    /** Ends a rehearsal that is under way. */
    @Override
    public void close() {
        Child child;
        synchronized (this) {
            closed = true;
            child = rehearsal;
        }
        try {
            if (child != null) {
                child.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
