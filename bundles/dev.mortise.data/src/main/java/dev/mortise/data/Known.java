// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known in memory of some table: read when somebody here changed it, and now and then because somebody elsewhere
 * may have; the last look is kept while the database is down.
 */
final class Known<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Known.class);

    private final String what;
    private final Supplier<T> reading;
    private volatile T now;
    private volatile boolean lost;
    private volatile @Nullable ScheduledFuture<?> looking;

    /** The first look is taken by {@link #keep}; {@code what} names it in the log. */
    Known(String what, T nothing, Supplier<T> reading) {
        this.what = what;
        this.now = nothing;
        this.reading = reading;
    }

    /** Looks now, and again after every period. */
    void keep(PooledDatabase database, Duration period) {
        refresh();
        looking = database.every(period, this::refresh);
    }

    T now() {
        return now;
    }

    /** Looks again; looks are taken one after the other, so that a later one is never replaced by an earlier one. */
    synchronized void refresh() {
        try {
            look();
        } catch (RuntimeException e) {
            if (!lost) {
                LOG.warn("The {} can't be read; the last known ones hold until they can", what, e);
            }
            lost = true;
        }
    }

    /** Looks again; throws what the look throws. */
    synchronized void look() {
        T found = reading.get();
        // the same object as long as nothing changed: others keep what they made of it
        now = found.equals(now) ? now : found;
        lost = false;
    }

    @Override
    public void close() {
        ScheduledFuture<?> running = looking;
        if (running != null) {
            running.cancel(false);
        }
    }
}
