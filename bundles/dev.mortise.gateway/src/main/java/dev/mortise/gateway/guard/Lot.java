// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.api.call.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is kept of the answers of one plugin to one tenant: a call that changes something there outdates all of it. */
public final class Lot {
    private final Name name;
    private final Set<CacheKey> keys = ConcurrentHashMap.newKeySet();

    /** Whose answers to whom. */
    record Name(String plugin, Optional<TenantId> tenant) {}

    Lot(Name name) {
        this.name = name;
    }

    Name name() {
        return name;
    }

    Set<CacheKey> keys() {
        return keys;
    }
}
