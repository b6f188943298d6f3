// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What guards one route, worked out when it is mounted.
 *
 * @param places how many calls may be in its plugin version at once
 * @param boundsBodies whether the listener's limit holds for bodies; else the handler bounds what it takes
 * @param breaker leaves it alone when it is late again and again
 * @param rate its service's rate, if that declares one
 * @param cache whether its answers may be kept
 */
public record RouteGuard(
        IntSupplier places,
        boolean boundsBodies,
        @Nullable Breaker breaker,
        @Nullable RateRule rate,
        @Nullable CacheRule cache) {
    /** The guard of the core's own routes, which must answer when everything else is busy. */
    public static final RouteGuard NONE = new RouteGuard(() -> Integer.MAX_VALUE, true, null, null, null);

    /** The same for those of the core's routes that take bodies larger than others may be. */
    public static final RouteGuard NOT_EVEN_OF_BODIES =
            new RouteGuard(() -> Integer.MAX_VALUE, false, null, null, null);

    /** Answers how many calls may be in its plugin version at once, as it is set now. */
    public int calls() {
        return places.getAsInt();
    }
}
