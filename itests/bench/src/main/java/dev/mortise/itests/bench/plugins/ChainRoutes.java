// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceHandle;
import java.util.List;

/** One route that answers what a service of another plugin answers. */
public final class ChainRoutes implements RouteProvider {
    private final ServiceHandle answers;

    /** Asks the plugin {@code back}. */
    public ChainRoutes(ServiceClient client) {
        answers = client.service("back.answers");
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/chain/{id}", this::answer));
    }

    private Response answer(Request request) {
        return Response.of(
                200,
                Answers.TYPE,
                answers.get("/answers/{id}", request.pathParameter("id")).body());
    }
}
