// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** A plugin with a route that hangs until it is interrupted or released, and one that counts how often it is asked. */
@Component
public final class Sluggish implements RouteProvider {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/hang", this::hang),
                Route.get("/count", request -> count()),
                Route.post("/count", request -> count()),
                Route.get("/hanging", request -> Response.text(hanging.toString())),
                Route.get("/release", request -> release()));
    }

    private Response count() {
        return Response.text(String.valueOf(asked.incrementAndGet()));
    }

    private Response hang(Request request) throws InterruptedException {
        hanging.incrementAndGet();
        try {
            boolean inTime = released.await(1, TimeUnit.MINUTES);
            return Response.text(inTime ? "released" : "at last");
        } finally {
            hanging.decrementAndGet();
        }
    }

    private Response release() {
        released.countDown();
        return Response.status(204);
    }
}
