// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.kernel.thread.SteadyTimer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port in use, told to other processes. Where it can't be written, mostly because the disk is full, it is tried until it
 * can: the listener is open meanwhile and says why the container is not ready.
 */
final class Announcement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PortFile file;
    private final int port;
    private final SteadyTimer timer =
            new SteadyTimer(1, Announcement::thread, fault -> LOG.error("The port could not be written", fault));
    private volatile Optional<String> trouble = Optional.empty();

    /** Writes nothing yet. */
    Announcement(PortFile file, int port) {
        this.file = file;
        this.port = port;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mortise-http-port");
        thread.setDaemon(true);
        return thread;
    }

    /** Writes it now, or as soon as that can be done. */
    synchronized void begin() {
        if (!written()) {
            LOG.error("{}", trouble.orElse(""));
            var unused = timer.scheduleWithFixedDelay(
                    this::again, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Answers why the port is not written yet, if it isn't. */
    Optional<String> trouble() {
        return trouble;
    }

    private synchronized void again() {
        if (!timer.isShutdown() && written()) {
            LOG.info("The port in use is written to '{}' now", file.path());
            timer.shutdown();
        }
    }

    private boolean written() {
        try {
            file.write(port);
            trouble = Optional.empty();
        } catch (IOException e) {
            trouble = Optional.of("The port in use can't be written to '" + file.path() + "': " + why(e)
                    + ". Make space on its disk, or let Mortise write there; it is tried every second.");
        }
        return trouble.isEmpty();
    }

    /** Some name the file alone, and the rest is in their type. */
    private static String why(IOException e) {
        return e instanceof FileSystemException named && named.getReason() == null
                ? e.toString()
                : String.valueOf(e.getMessage());
    }

    /** Tells nobody any more. */
    @Override
    public synchronized void close() {
        timer.shutdownNow();
        try {
            file.remove();
        } catch (IOException e) {
            LOG.warn("'{}' can't be removed, and names a port that nobody listens on: {}", file.path(), e.toString());
        }
    }
}
