// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** A plugin with a route that hangs until it is interrupted, and one that counts how often it is asked. */
@Component
public final class Sluggish implements RouteProvider {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/hang", this::hang),
                Route.get("/count", request -> Response.text(String.valueOf(asked.incrementAndGet()))),
                Route.get("/hanging", request -> Response.text(hanging.toString())));
    }

    private Response hang(Request request) throws InterruptedException {
        hanging.incrementAndGet();
        try {
            TimeUnit.MINUTES.sleep(1);
            return Response.text("at last");
        } finally {
            hanging.decrementAndGet();
        }
    }
}
