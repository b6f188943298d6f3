// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listener is to hear of rows: how those that are known differ from those that he heard of, each again until he heard
 * it. So nothing is lost, however often he fails, and nothing piles up. For one thread at a time.
 */
final class News<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(News.class);

    private final String what;
    private final Listener<K, V> listener;
    private final Map<K, V> heard = new HashMap<>();
    private final Map<K, Integer> held = new HashMap<>();
    private boolean begun;
    private boolean failing;

    /** Hears of one row. */
    interface Listener<K, V> {
        /** It is another one than he heard of before; whoever throws hears it again. */
        void hear(K key, Optional<V> before, Optional<V> now);
    }

    News(String what, Listener<K, V> listener) {
        this.what = what;
        this.listener = listener;
    }

    /** These were there before he listened. */
    void begin(Map<K, V> rows) {
        heard.putAll(rows);
        begun = true;
    }

    /** Nothing is told of a row until it is released: somebody here writes it, and nobody knows yet whether he did. */
    void hold(K key) {
        held.merge(key, 1, Integer::sum);
    }

    void release(K key) {
        held.computeIfPresent(key, (same, times) -> times == 1 ? null : times - 1);
    }

    /** Somebody here made this change: it is no news. What somebody else made of the row is. */
    void own(K key, UnaryOperator<Optional<V>> change) {
        put(key, change.apply(Optional.ofNullable(heard.get(key))));
    }

    /** Tells what is new; answers whether nothing is left to tell. */
    boolean tell(Map<K, V> now) {
        if (!begun) {
            return true;
        }
        Set<K> keys = new HashSet<>(heard.keySet());
        keys.addAll(now.keySet());
        boolean failed = false;
        boolean waits = false;
        for (K key : keys) {
            Optional<V> before = Optional.ofNullable(heard.get(key));
            Optional<V> next = Optional.ofNullable(now.get(key));
            if (!before.equals(next)) {
                boolean free = !held.containsKey(key);
                waits |= !free;
                failed |= free && !told(key, before, next);
            }
        }
        failing = failed;
        return !failed && !waits;
    }

    private boolean told(K key, Optional<V> before, Optional<V> now) {
        // first, for a listener that has the rows looked at again
        put(key, now);
        try {
            listener.hear(key, before, now);
            return true;
        } catch (RuntimeException | Error e) { // nobody knows what listeners run into, and others listen too
            put(key, before);
            if (!failing) {
                LOG.warn("What is new of the {} is not heard yet, and it is told again: {}", what, key, e);
            }
            failing = true;
            return false;
        }
    }

    private void put(K key, Optional<V> row) {
        row.ifPresentOrElse(some -> heard.put(key, some), () -> heard.remove(key));
    }
}
