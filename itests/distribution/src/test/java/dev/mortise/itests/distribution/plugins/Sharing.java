// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.shared.SharedData;
import dev.mortise.api.shared.SharedNamespace;
import dev.mortise.api.shared.SharedValue;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Uses shared data as its callers say. */
@Component
public final class Sharing implements RouteProvider {
    private final SharedData shared;
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    /** Made by DS. */
    @Activate
    public Sharing(@Reference SharedData shared) {
        this.shared = shared;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/shared/{namespace}/{key}", this::get),
                Route.put("/shared/{namespace}/{key}", this::set),
                Route.post("/shared/{namespace}/{key}/count", this::count),
                Route.post("/shared/{namespace}/watch", this::watch),
                Route.get("/heard", request -> Response.text(String.join(" ", heard))));
    }

    private Response get(Request request) {
        return Response.text(namespace(request)
                .get(request.pathParameter("key"))
                .map(SharedValue::json)
                .orElse("nothing"));
    }

    private Response set(Request request) throws java.io.IOException {
        namespace(request).set(request.pathParameter("key"), request.body().text());
        return Response.status(204);
    }

    private Response count(Request request) {
        return Response.text(String.valueOf(namespace(request).increment(request.pathParameter("key"), 1)));
    }

    private Response watch(Request request) {
        namespace(request).watch(change -> heard.add(change.key() + ":" + change.version() + ":" + change.kind()));
        return Response.status(204);
    }

    private SharedNamespace namespace(Request request) {
        return shared.namespace(request.pathParameter("namespace"));
    }
}
