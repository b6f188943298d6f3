// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import org.jspecify.annotations.Nullable;

/**
 * What guards one route, worked out when it is mounted.
 *
 * @param calls calls that may be in its plugin version at once
 * @param breaker leaves it alone when it is late again and again
 * @param rate its service's rate, if that declares one
 * @param cache whether its answers may be kept
 */
public record RouteGuard(
        int calls,
        @Nullable Breaker breaker,
        @Nullable RateRule rate,
        @Nullable CacheRule cache) {
    /** The guard of the core's own routes, which must answer when everything else is busy. */
    public static final RouteGuard NONE = new RouteGuard(Integer.MAX_VALUE, null, null, null);
}
