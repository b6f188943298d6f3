// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.gateway.guard.GuardSettings.BreakerSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The breakers of one version of a plugin, by method and path; they last as long as its code serves. */
public final class Breakers {
    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

    /** Answers the breaker of an endpoint, the same one each time; made with the settings if it is the first. */
    public Breaker of(String endpoint, BreakerSettings settings) {
        return breakers.computeIfAbsent(endpoint, name -> new Breaker(name, settings));
    }

    /** Answers how many stand so. */
    public long count(Breaker.State state) {
        return breakers.values().stream()
                .filter(breaker -> breaker.state() == state)
                .count();
    }
}
