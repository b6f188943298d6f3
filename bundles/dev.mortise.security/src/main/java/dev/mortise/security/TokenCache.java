// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Remembers tokens that were found, by hash, for a short time: a busy client costs one query per period. What is revoked
 * on this node is forgotten at once; on other nodes it lives at most that long.
 */
final class TokenCache {
    private static final int MOST = 10_000;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** Guards writes of entries and the epoch: a token loaded before a revocation must not be put after it. */
    private final Object lock = new Object();

    private volatile long epoch;
    private volatile long keepNanos;

    TokenCache(Duration keep, LongSupplier nanoTime) {
        this.keepNanos = keep.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Changes how long tokens that are found from now on are kept. */
    void keep(Duration keep) {
        keepNanos = keep.toNanos();
    }

    Optional<KnownToken> find(String hash, Supplier<Optional<KnownToken>> load) {
        Entry entry = entries.get(hash);
        if (entry != null && entry.until - nanoTime.getAsLong() > 0) {
            return entry.found;
        }
        long before = epoch;
        Optional<KnownToken> loaded = load.get();
        if (loaded.isPresent()) {
            put(hash, loaded, before);
        }
        return loaded;
    }

    /** Forgets a token; called after the store has revoked it. */
    void forget(String id) {
        synchronized (lock) {
            epoch = epoch + 1;
            entries.values().removeIf(entry -> entry.is(id));
        }
    }

    private void put(String hash, Optional<KnownToken> found, long loadedIn) {
        synchronized (lock) {
            long now = nanoTime.getAsLong();
            if (entries.size() >= MOST) {
                entries.values().removeIf(entry -> entry.until - now <= 0);
            }
            if (epoch == loadedIn && entries.size() < MOST) {
                entries.put(hash, new Entry(found, now + keepNanos));
            }
        }
    }

    private record Entry(Optional<KnownToken> found, long until) {
        boolean is(String id) {
            return found.orElseThrow().stored().id().equals(id);
        }
    }
}
