// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.port.Meters;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Measures the calls of one route by the class of their status. What measures is obtained for the first call of a class
 * and kept, so that any later one costs a few reads.
 */
final class RouteMeter {
    private static final String[] CLASSES = {"2xx", "3xx", "4xx", "5xx"};

    private final OwnerMeters owner;
    private final Meters.Series series;
    private final String service;
    private final String method;
    private final String route;
    private volatile Known known = new Known(Meters.NONE);

    private RouteMeter(OwnerMeters owner, String kind, String service, String method, String route) {
        this.owner = owner;
        this.service = service;
        this.method = method;
        this.route = route;
        this.series = new Meters.Series(
                "mortise.calls",
                "Time from the arrival of a call to the end of its answer.",
                Map.of("kind", kind, "service", service, "method", method, "route", route));
    }

    /** Measures calls of clients to what belongs to no service. */
    static RouteMeter ofClients(OwnerMeters owner, String method, String route) {
        return ofClients(owner, OwnerMeters.NOTHING, method, route);
    }

    /** Measures calls of clients to a route that realises an endpoint of a service. */
    static RouteMeter ofClients(OwnerMeters owner, String service, String method, String route) {
        return new RouteMeter(owner, "client", service, method, route);
    }

    /** Measures calls of plugins to a service. */
    static RouteMeter ofPlugins(OwnerMeters owner, String service, String method, String route) {
        return new RouteMeter(owner, "plugin", service, method, route);
    }

    /** Measures calls of clients that lead to no route: all under one name, because callers choose what they ask for. */
    static RouteMeter ofStrays(OwnerMeters owner) {
        return ofClients(owner, OwnerMeters.NOTHING, OwnerMeters.NOTHING);
    }

    String service() {
        return service;
    }

    String method() {
        return method;
    }

    String route() {
        return route;
    }

    OwnerMeters owner() {
        return owner;
    }

    /** Records a call that was answered. */
    void record(int status, long nanos) {
        Meters source = owner.source();
        Known now = known;
        if (now.source != source) {
            now = new Known(source);
            known = now;
        }
        int index = status / 100 - 2;
        Meters.Timer timer = now.timers.get(index);
        if (timer == null) {
            timer = owner.timer(series.with("status", CLASSES[index]));
            now.timers.set(index, timer);
        }
        timer.record(nanos);
    }

    /** What was obtained so far, and from whom. */
    private static final class Known {
        private final Meters source;
        private final AtomicReferenceArray<Meters.Timer> timers = new AtomicReferenceArray<>(CLASSES.length);

        Known(Meters source) {
            this.source = source;
        }
    }
}
