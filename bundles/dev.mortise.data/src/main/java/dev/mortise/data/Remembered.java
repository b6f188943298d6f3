// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** Single rows that were read: they are remembered for some seconds, and longer while the database is down. */
final class Remembered<K, V> {
    private static final int MOST = 10_000;

    private final Function<K, V> reading;
    private final long freshNanos;
    private final Map<K, Seen<V>> seen = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();

    private record Seen<V>(V value, long at) {}

    Remembered(Duration fresh, Function<K, V> reading) {
        this.reading = reading;
        this.freshNanos = fresh.toNanos();
    }

    V find(K key) {
        Seen<V> known = seen.get(key);
        if (known != null && System.nanoTime() - known.at < freshNanos) {
            return known.value;
        }
        long before = writes.get();
        try {
            V found = reading.apply(key);
            // what was read may be older than what is written just now
            if (writes.get() == before) {
                remember(key, found);
            }
            return found;
        } catch (MortiseException e) {
            if (known == null || e.code() != ErrorCode.SERVICE_UNAVAILABLE) {
                throw e;
            }
            return known.value;
        }
    }

    /** The row was written: what was read before counts no more. */
    void written(K key) {
        writes.incrementAndGet();
        seen.remove(key);
    }

    /** These are read anew, whatever the database says of them by now. */
    void forget(Predicate<K> these) {
        writes.incrementAndGet();
        seen.keySet().removeIf(these);
    }

    private void remember(K key, V value) {
        if (seen.size() >= MOST) {
            seen.clear();
        }
        seen.put(key, new Seen<>(value, System.nanoTime()));
    }
}
