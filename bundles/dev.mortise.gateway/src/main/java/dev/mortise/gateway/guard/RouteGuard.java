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
 * @param rules what holds of its services
 */
public record RouteGuard(
        IntSupplier places, boolean boundsBodies, @Nullable Breaker breaker, ServiceRules rules) {
    /** The guard of the core's own routes, which must answer when everything else is busy. */
    public static final RouteGuard NONE = new RouteGuard(() -> Integer.MAX_VALUE, true, null, ServiceRules.NONE);

    /** The same for those of the core's routes that take bodies larger than others may be. */
    public static final RouteGuard NOT_EVEN_OF_BODIES =
            new RouteGuard(() -> Integer.MAX_VALUE, false, null, ServiceRules.NONE);

    /** Makes one of a route that no service declares, for handlers whose bodies the listener bounds. */
    public static RouteGuard ofPlaces(IntSupplier places) {
        return new RouteGuard(places, true, null, ServiceRules.NONE);
    }

    /** Answers how many calls may be in its plugin version at once, as it is set now. */
    public int calls() {
        return places.getAsInt();
    }

    /** Answers the rate that holds now, if there is one. */
    public @Nullable RateRule rate() {
        return rules.rate();
    }

    /** Answers how long its answers may be kept now, if they may be. */
    public @Nullable CacheRule cache() {
        return rules.cache();
    }
}
