// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import dev.mortise.kernel.port.TokenStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps tokens in memory. */
public final class MapTokenStore implements TokenStore {
    private final List<StoredToken> tokens = new ArrayList<>();

    /** Answers this machine's time: nobody else uses what is kept in memory. */
    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public synchronized void add(StoredToken token) {
        if (tokens.stream()
                .anyMatch(known -> known.id().equals(token.id()) || known.hash().equals(token.hash()))) {
            throw new IllegalStateException("Token " + token.id() + " is already there.");
        }
        tokens.add(token);
    }

    @Override
    public synchronized Optional<StoredToken> byHash(String hash) {
        return tokens.stream().filter(token -> token.hash().equals(hash)).findFirst();
    }

    @Override
    public synchronized List<StoredToken> all() {
        return tokens.stream()
                .sorted(Comparator.comparing(StoredToken::createdAt).reversed())
                .toList();
    }

    @Override
    public synchronized boolean revoke(String id) {
        return tokens.removeIf(token -> token.id().equals(id));
    }
}
