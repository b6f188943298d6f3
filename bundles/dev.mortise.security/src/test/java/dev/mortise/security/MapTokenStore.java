// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.kernel.port.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps tokens in memory, counts lookups, and fails when it is told to. */
final class MapTokenStore implements TokenStore {
    private final ConcurrentHashMap<String, StoredToken> byId = new ConcurrentHashMap<>();
    final AtomicInteger lookups = new AtomicInteger();
    volatile boolean down;

    @Override
    public void add(StoredToken token) {
        byId.put(token.id(), token);
    }

    @Override
    public Optional<StoredToken> byHash(String hash) {
        lookups.incrementAndGet();
        if (down) {
            throw new IllegalStateException("no connection");
        }
        return byId.values().stream().filter(token -> token.hash().equals(hash)).findFirst();
    }

    @Override
    public List<StoredToken> all() {
        return new ArrayList<>(byId.values());
    }

    @Override
    public boolean revoke(String id) {
        return byId.remove(id) != null;
    }
}
