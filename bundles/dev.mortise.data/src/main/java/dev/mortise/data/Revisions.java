// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every so often which of the things that nodes keep in memory somebody changed, by one small query, and lets only those
 * be read again. On the way the server tells its time.
 */
final class Revisions {
    private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);
    private static final String ALL = "SELECT topic, value, clock_timestamp() FROM mortise.revision";

    private final Pools pools;
    private final DataSource connections;
    private final DatabaseClock clock;
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private volatile boolean lost;
    // the monitor guards these
    private Duration pause = Duration.ofDays(1);
    private @Nullable ScheduledFuture<?> looking;

    /** Looks on the background threads of the pools, until they are closed. */
    Revisions(Pools pools, DataSource connections, DatabaseClock clock) {
        this.pools = pools;
        this.connections = connections;
        this.clock = clock;
    }

    /** Somebody who reads again, until it is closed. */
    interface Hearing extends AutoCloseable {
        Hearing NONE = new Hearing() {
            @Override
            public void again() {}

            @Override
            public void close() {}
        };

        /** Reads at the next look, whatever the revision is then. */
        void again();

        @Override
        void close();
    }

    /**
     * Reads now, and again in the background when the revision of the topic is another one, or was read in vain.
     *
     * @param topic a row of the table
     * @param period of the looks; the shortest one counts
     * @param reading tells whether it succeeded; what throws in the background is tried again too
     */
    Hearing hear(String topic, Duration period, BooleanSupplier reading) {
        Reader reader = new Reader(topic, reading);
        reader.first(now());
        readers.add(reader);
        begin(period);
        return new Hearing() {
            @Override
            public void again() {
                reader.due = true;
            }

            @Override
            public void close() {
                readers.remove(reader);
            }
        };
    }

    private synchronized void begin(Duration period) {
        if (looking == null || period.compareTo(pause) < 0) {
            if (looking != null) {
                looking.cancel(false);
            }
            pause = period;
            looking = pools.every(period, this::look);
        }
    }

    private void look() {
        if (!readers.isEmpty()) {
            Map<String, Long> now = now();
            readers.forEach(reader -> reader.look(now));
        }
    }

    /** Empty while the database can't be asked; whoever read is content then with what is known. */
    private Map<String, Long> now() {
        try (Connection connection = connections.getConnection()) {
            List<Revision> all = Sql.list(connection, Revision::read, ALL);
            all.stream().findFirst().ifPresent(any -> clock.tell(any.now));
            lost = false;
            return all.stream().collect(Collectors.toMap(Revision::topic, Revision::value));
        } catch (SQLException e) {
            if (!lost) {
                LOG.warn(
                        "What other nodes change is not heard until the database can be asked again: {}",
                        e.getMessage());
            }
            lost = true;
            return Map.of();
        }
    }

    private record Revision(String topic, long value, Instant now) {
        static Revision read(ResultSet row) throws SQLException {
            OffsetDateTime now = row.getObject(3, OffsetDateTime.class);
            return new Revision(row.getString(1), row.getLong(2), now.toInstant());
        }
    }

    /** One topic, and the revision that was there before it was read last. */
    private static final class Reader {
        private final String topic;
        private final BooleanSupplier reading;
        private long seen;
        private volatile boolean due = true;
        private boolean failing;

        Reader(String topic, BooleanSupplier reading) {
            this.topic = topic;
            this.reading = reading;
        }

        void first(Map<String, Long> now) {
            Long value = now.get(topic);
            boolean read = reading.getAsBoolean();
            if (read && value != null) {
                seen = value;
                due = false;
            }
        }

        void look(Map<String, Long> now) {
            Long value = now.get(topic);
            if (value != null && (due || value != seen)) {
                // before it reads: whoever says meanwhile that it must read again may not be forgotten
                due = false;
                seen = value;
                if (!read()) {
                    due = true;
                }
            }
        }

        private boolean read() {
            try {
                boolean succeeded = reading.getAsBoolean();
                failing = false;
                return succeeded;
            } catch (Throwable e) {
                // others hear on the same thread, and this one again with the next look
                if (!failing) {
                    LOG.error("What other nodes changed ({}) can't be read; that is tried again", topic, e);
                }
                failing = true;
                return false;
            }
        }
    }
}
