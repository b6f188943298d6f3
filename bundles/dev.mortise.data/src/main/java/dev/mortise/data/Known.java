// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known in memory of some table: read when somebody here changed it, and soon after somebody elsewhere did; the last
 * look is kept while the database is down, with what was written here since. Looks, what they tell, and what is written here
 * take turns, so that a later one is never replaced by an earlier one.
 */
final class Known<K, V, T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Known.class);

    private final String what;
    private final Supplier<Map<K, V>> reading;
    private final Function<Map<K, V>, T> shape;
    private volatile T now;
    private volatile Revisions.Hearing hearing = Revisions.Hearing.NONE;
    // the monitor guards these
    private final News<K, V> news;
    private Map<K, V> rows = Map.of();
    private boolean looked;
    private boolean lost;

    /**
     * The first look is taken by {@link #keep}.
     *
     * @param what names it in table {@code mortise.revision} and in the log
     * @param shape makes of the rows what others want of them
     */
    Known(String what, Supplier<Map<K, V>> reading, Function<Map<K, V>, T> shape) {
        this(what, reading, shape, (key, before, found) -> {});
    }

    /**
     * The same, for what others want to hear of.
     *
     * @param listener hears what looks find after the first one, while nobody else looks
     */
    Known(String what, Supplier<Map<K, V>> reading, Function<Map<K, V>, T> shape, News.Listener<K, V> listener) {
        this.what = what;
        this.reading = reading;
        this.shape = shape;
        this.now = shape.apply(rows);
        this.news = new News<>(what, listener);
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
        if (!refreshed()) {
            hearing.again();
        }
    }

    private synchronized boolean refreshed() {
        boolean read = readable();
        return news.tell(rows) && read;
    }

    private boolean readable() {
        try {
            read();
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
     * Looks again.
     *
     * @throws dev.mortise.api.error.MortiseException when they can't be read
     */
    synchronized void look() {
        read();
        if (!news.tell(rows)) {
            hearing.again();
        }
    }

    private void read() {
        Map<K, V> found = reading.get();
        know(found);
        if (!looked) {
            news.begin(found);
        }
        looked = true;
        lost = false;
    }

    private void know(Map<K, V> found) {
        // the same object as long as nothing changed: others keep what they made of it
        if (!found.equals(rows)) {
            rows = Map.copyOf(found);
            now = shape.apply(rows);
        }
    }

    /**
     * Lets somebody here write a row, of which the listener hears nothing; it is known when the method returns.
     *
     * @param change what it makes of the row
     * @param writing answers whether it was made
     */
    boolean write(K key, UnaryOperator<Optional<V>> change, BooleanSupplier writing) {
        hold(key);
        boolean written = false;
        try {
            written = writing.getAsBoolean();
        } finally {
            release(key, written ? change : UnaryOperator.identity());
        }
        refresh();
        return written;
    }

    private synchronized void hold(K key) {
        news.hold(key);
    }

    private synchronized void release(K key, UnaryOperator<Optional<V>> change) {
        news.release(key);
        news.own(key, change);
        know(changed(key, change));
    }

    /** Knows what was written here, of which the listener hears. */
    void written(K key, UnaryOperator<Optional<V>> change) {
        synchronized (this) {
            know(changed(key, change));
        }
        refresh();
    }

    private Map<K, V> changed(K key, UnaryOperator<Optional<V>> change) {
        Map<K, V> next = new HashMap<>(rows);
        change.apply(Optional.ofNullable(rows.get(key)))
                .ifPresentOrElse(row -> next.put(key, row), () -> next.remove(key));
        return next;
    }

    @Override
    public void close() {
        hearing.close();
    }
}
