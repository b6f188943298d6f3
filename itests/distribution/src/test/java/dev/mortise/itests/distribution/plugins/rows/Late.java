// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Component;

/** Takes longer than it may, and tells afterwards what became of it. */
@Component
public final class Late implements RouteProvider {
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile String outcome = "none";

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/late", this::late), Route.get("/late/outcome", request -> Response.text(outcome)));
    }

    private Response late(Request request) {
        outcome = "waits";
        String woken = "woken";
        try {
            never.await();
        } catch (InterruptedException e) {
            woken = "interrupted";
        }
        outcome = woken + ", " + left(request.context());
        return Response.of(200, "text/plain", Body.writing(sink -> outcome = "written"));
    }

    private static String left(CallContext context) {
        return context.remaining().isZero() ? "no time left" : "time left";
    }
}
