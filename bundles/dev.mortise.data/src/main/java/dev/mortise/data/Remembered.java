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
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Single rows that were read: they are remembered for some seconds, and longer while the database is down. When they weigh more
 * than they may, all are forgotten.
 */
final class Remembered<K, V> {
    /** Of a row beside what it holds. */
    private static final int OVERHEAD = 400;

    private final Function<K, V> reading;
    private final long freshNanos;
    private final Map<K, Seen<V>> seen = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();

    private final AtomicLong bytes = new AtomicLong();
    private final long most;
    private final ToLongFunction<V> weight;

    private record Seen<V>(V value, long at, long bytes) {}

    Remembered(Duration fresh, Function<K, V> reading, long most, ToLongFunction<V> weight) {
        this.most = most;
        this.weight = weight;
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
            remember(key, new Seen<>(found, System.nanoTime(), OVERHEAD + weight.applyAsLong(found)), before);
            return found;
        } catch (MortiseException e) {
            if (known == null || e.code() != ErrorCode.SERVICE_UNAVAILABLE) {
                throw e;
            }
            return known.value;
        }
    }

    /** The row was written: what was read before counts no more. */
    synchronized void written(K key) {
        writes.incrementAndGet();
        gone(seen.remove(key));
    }

    private void gone(@Nullable Seen<V> old) {
        if (old != null) {
            bytes.addAndGet(-old.bytes);
        }
    }

    /** Answers what all of them weigh. */
    long bytes() {
        return bytes.get();
    }

    /** These are read anew, whatever the database says of them by now. */
    synchronized void forget(Predicate<K> these) {
        writes.incrementAndGet();
        seen.keySet().stream().filter(these).forEach(key -> gone(seen.remove(key)));
    }

    /** What was read may be older than what was written since; nobody writes between the look at that and what is put. */
    private synchronized void remember(K key, Seen<V> found, long before) {
        if (writes.get() == before) {
            if (bytes.addAndGet(found.bytes) > most) {
                seen.keySet().forEach(known -> gone(seen.remove(known)));
            }
            gone(seen.put(key, found));
        }
    }
}
