// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Handler;
import dev.mortise.gateway.guard.RouteGuard;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One route joined with what its plugin declares of it, worked out when it is mounted so that a request only reads.
 *
 * @param permissions what a caller needs
 * @param open whether it is answered without identity
 * @param streaming whether it runs without deadline
 * @param idempotent whether a request may be sent again that may have been answered already
 * @param time how long its handler has, in nanoseconds
 * @param guard what bounds its calls
 * @param meter measures them
 */
record MountedRoute(
        Owner owner,
        Handler handler,
        Set<String> permissions,
        boolean open,
        boolean streaming,
        boolean idempotent,
        LongSupplier time,
        RouteGuard guard,
        RouteMeter meter) {
    /** Answers the time that its handler has, as it is set now. */
    long timeoutNanos() {
        return time.getAsLong();
    }
}
