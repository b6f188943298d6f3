// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import dev.mortise.kernel.port.DatabaseServer;
import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the server running on a thread of its own: starts it, publishes it, starts it again when it ends by itself. */
final class Supervisor implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final EmbeddedPostgres postgres;
    private final Publication publication;
    private final Thread thread = new Thread(this, "mortise-postgres");
    private volatile Line health = new Line("postgres", Status.DOWN, "The embedded PostgreSQL is starting.");
    private volatile boolean closed;

    /** Where a running server is made known, and taken back, and where one that will not start is. */
    interface Publication {
        void publish(DatabaseServer server);

        void withdraw();

        /** Takes why the server will not start before a person acts. */
        void refused(String reason);
    }

    Supervisor(EmbeddedPostgres postgres, Publication publication) {
        this.postgres = postgres;
        this.publication = publication;
    }

    /** Begins; returns at once. */
    void begin() {
        thread.start();
    }

    /** Answers how the server stands. */
    HealthSource.Line health() {
        return health;
    }

    @Override
    public void run() {
        try {
            supervise();
        } catch (InterruptedException e) {
            LOG.debug("PostgreSQL is no longer supervised", e);
        } catch (RuntimeException e) {
            health = new Line("postgres", Status.DOWN, String.valueOf(e.getMessage()));
            LOG.error("The embedded PostgreSQL does not start: {}", e.getMessage(), e instanceof Refusal ? null : e);
            publication.refused("The embedded PostgreSQL does not start: " + e.getMessage());
        }
    }

    /** Stops the server; returns when it is gone. */
    @Override
    public void close() {
        closed = true;
        publication.withdraw();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // it may have been publishing when it was interrupted
        publication.withdraw();
        postgres.close();
    }

    private void supervise() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        @Nullable String published = null;
        while (!closed) {
            try {
                DatabaseServer server = postgres.start();
                published = publish(server, published);
                pause = FIRST_PAUSE;
                lost("it ended with " + postgres.awaitEnd());
            } catch (IOException e) {
                lost(String.valueOf(e.getMessage()));
            }
            Thread.sleep(pause.toMillis());
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private String publish(DatabaseServer server, @Nullable String published) {
        health = new Line("postgres", Status.UP, "The embedded PostgreSQL runs at " + server.url() + ".");
        if (!server.url().equals(published)) {
            publication.withdraw();
            publication.publish(server);
        }
        return server.url();
    }

    private void lost(String reason) {
        if (!closed) {
            health = new Line(
                    "postgres", Status.DOWN, "The embedded PostgreSQL is down and will start again: " + reason);
            LOG.error("The embedded PostgreSQL is down and will be started again: {}", reason);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
