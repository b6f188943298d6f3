// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.kernel.port.TokenStore;
import dev.mortise.testkit.port.MapTokenStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps tokens in memory, counts lookups, and fails when it is told to. */
final class WatchedTokenStore implements TokenStore {
    private final TokenStore tokens = new MapTokenStore();
    final AtomicInteger lookups = new AtomicInteger();
    volatile boolean down;
    volatile Clock clock = Clock.systemUTC();

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void add(StoredToken token) {
        tokens.add(token);
    }

    @Override
    public Optional<StoredToken> byHash(String hash) {
        lookups.incrementAndGet();
        if (down) {
            throw new IllegalStateException("no connection");
        }
        return tokens.byHash(hash);
    }

    @Override
    public List<StoredToken> all() {
        return tokens.all();
    }

    @Override
    public boolean revoke(String id) {
        return tokens.revoke(id);
    }
}
