// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known in memory of some table: read when somebody here changed it, and soon after somebody elsewhere did; the last
 * look is kept while the database is down.
 */
final class Known<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Known.class);

    private final String what;
    private final Supplier<T> reading;
    private final BiFunction<T, T, Runnable> differing;
    private volatile T now;
    private volatile boolean lost;
    private boolean looked;
    private volatile Revisions.Hearing hearing = Revisions.Hearing.NONE;

    /** The first look is taken by {@link #keep}; {@code what} names it in table {@code mortise.revision} and in the log. */
    Known(String what, T nothing, Supplier<T> reading) {
        this(what, nothing, reading, (before, found) -> () -> {});
    }

    /**
     * The same, for what others want to hear of.
     *
     * @param differing answers what is to be done about a difference that a look found, after the first one; asked while
     *     nobody else looks, done afterwards by whoever looked
     */
    Known(String what, T nothing, Supplier<T> reading, BiFunction<T, T, Runnable> differing) {
        this.what = what;
        this.now = nothing;
        this.reading = reading;
        this.differing = differing;
    }

    /** Looks now, and again when its revision is another one, which is looked at after every period. */
    void keep(PooledDatabase database, Duration period) {
        hearing = database.revisions().hear(what, period, this::refreshed);
    }

    T now() {
        return now;
    }

    /** Looks again; while the database can't be read the last look holds. */
    void refresh() {
        refreshed();
    }

    private boolean refreshed() {
        try {
            look();
            return true;
        } catch (RuntimeException e) {
            if (!lost) {
                LOG.warn("The {} can't be read; the last known ones hold until they can", what, e);
            }
            lost = true;
            return false;
        }
    }

    /**
     * Looks again; looks are taken one after the other, so that a later one is never replaced by an earlier one.
     *
     * @throws dev.mortise.api.error.MortiseException when they can't be read
     */
    void look() {
        Runnable difference;
        synchronized (this) {
            T found = reading.get();
            T before = now;
            // the same object as long as nothing changed: others keep what they made of it
            now = found.equals(before) ? before : found;
            difference = looked ? differing.apply(before, now) : () -> {};
            looked = true;
            lost = false;
        }
        try {
            difference.run();
        } catch (RuntimeException e) {
            LOG.warn("Not everybody heard what is new of the {}", what, e);
        }
    }

    @Override
    public void close() {
        hearing.close();
    }
}
