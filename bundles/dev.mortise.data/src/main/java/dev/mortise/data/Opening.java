// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
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
        closed = true;
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
            PooledDatabase open = PooledDatabase.open(connector, schema, keyFile);
            database = open;
            probe = new DatabaseProbe(open, place());
            LOG.info(
                    "Database {} (PostgreSQL {}, id {}) is open after {} ms",
                    place(),
                    open.server(),
                    open.id(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            publication.publish(open);
            return true;
        } catch (SQLException e) {
            failed(String.valueOf(e.getMessage()), DatabaseFault.needsAPerson(e));
            return false;
        } catch (Refusal e) {
            failed(String.valueOf(e.getMessage()), true);
            return false;
        } catch (RuntimeException e) {
            LOG.error("The database {} can't be opened", place(), e);
            failure = String.valueOf(e);
            publication.refused("The database " + place() + " can't be opened: " + e);
            return true;
        }
    }

    private void failed(String reason, boolean needsAPerson) {
        if (closed) {
            return;
        }
        if (!reason.equals(failure)) {
            LOG.error("The database {} can't be opened; it is tried again. {}", place(), reason);
        }
        failure = reason;
        if (needsAPerson) {
            publication.refused("The database " + place() + " can't be used: " + reason);
        }
    }

    /** Answers the address without parameters: they may hold a password. */
    private String place() {
        return connector.server().url().replaceFirst("\\?.*", "");
    }
}
