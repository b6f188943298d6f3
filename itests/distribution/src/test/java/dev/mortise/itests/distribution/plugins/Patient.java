// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** A route that takes its time, so that its version is still there when the next one is switched in. */
@Component
public final class Patient implements RouteProvider {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(6);

    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/patience", this::takeTime),
                Route.get("/patience/calls", request -> Response.text(calls.toString())));
    }

    private Response takeTime(Request request) {
        calls.incrementAndGet();
        long end = System.nanoTime() + NANOS;
        for (long left = NANOS; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return Response.text("done");
    }
}
