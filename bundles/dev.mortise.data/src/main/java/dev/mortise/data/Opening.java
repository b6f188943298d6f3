// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one server's database on a thread of its own, trying again until it is open, and closes it. */
final class Opening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Connector connector;
    private final CoreSchema schema;
    private final Path keyFile;
    private final Publication publication;
    private final Thread thread = new Thread(this::open, "mortise-database");
    private volatile String failure = "It is being opened.";
    private volatile @Nullable PooledDatabase database;
    private volatile @Nullable DatabaseProbe probe;
    private volatile boolean closed;

    /** Where an open database is made known, and taken back, and where one that a person must look after is. */
    interface Publication {
        void publish(PooledDatabase database);

        void withdraw();

        /** Takes why the database can't be used before a person acts; it is tried again nevertheless. */
        void refused(String reason);
    }

    Opening(Connector connector, CoreSchema schema, Path keyFile, Publication publication) {
        this.keyFile = keyFile;
        this.connector = connector;
        this.schema = schema;
        this.publication = publication;
    }

    /** Begins; returns at once. */
    void begin() {
        thread.start();
    }

    boolean of(DatabaseServer server) {
        return connector.server().equals(server);
    }

    Line health() {
        DatabaseProbe open = probe;
        return open == null
                ? new Line("database", Status.DOWN, "The database " + place() + " is not open: " + failure)
                : open.check();
    }

    /** Takes the database back and closes it; returns when that is done. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        publication.withdraw();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // it may have been publishing when it was interrupted
        publication.withdraw();
        probe = null;
        PooledDatabase open = database;
        if (open != null) {
            open.close();
        }
    }

    private void open() {
        try {
            Duration pause = FIRST_PAUSE;
            while (!closed && !tryToOpen()) {
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            LOG.debug("The database is no longer being opened", e);
        }
    }

    private boolean tryToOpen() {
        long begin = System.nanoTime();
        try {
            opened(PooledDatabase.open(connector, schema, keyFile), begin);
            return true;
        } catch (SQLException e) {
            failed(String.valueOf(e.getMessage()), DatabaseFault.needsAPerson(e));
            return false;
        } catch (Refusal e) {
            failed(String.valueOf(e.getMessage()), true);
            return false;
        } catch (UncheckedIOException e) {
            failed(e.getMessage() + " " + e.getCause(), true);
            return false;
        } catch (RuntimeException | Error e) {
            // also an Error: nobody else would open it
            if (failed(String.valueOf(e), true)) {
                LOG.error("Nobody foresaw this", e);
            }
            return false;
        }
    }

    private void opened(PooledDatabase open, long begin) {
        if (!kept(open)) {
            open.close();
            return;
        }
        LOG.info(
                "Database {} (PostgreSQL {}, id {}) is open after {} ms",
                place(),
                open.server(),
                open.id(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        try {
            publication.publish(open);
        } catch (RuntimeException | Error e) {
            // the next try opens another one
            probe = null;
            open.close();
            throw e;
        }
        if (closed) {
            publication.withdraw();
        }
    }

    /** Answers whether {@link #close} will close it. */
    private synchronized boolean kept(PooledDatabase open) {
        if (!closed) {
            database = open;
            probe = new DatabaseProbe(open, place());
        }
        return !closed;
    }

    /** Says each reason once, for it is tried again every few seconds; answers whether it said this one. */
    private boolean failed(String reason, boolean needsAPerson) {
        if (closed || reason.equals(failure)) {
            return false;
        }
        failure = reason;
        LOG.error("The database {} can't be opened; it is tried again. {}", place(), reason);
        if (needsAPerson) {
            publication.refused("The database " + place() + " can't be used: " + reason);
        }
        return true;
    }

    /** Answers the address without parameters: they may hold a password. */
    private String place() {
        return connector.server().url().replaceFirst("\\?.*", "");
    }
}
