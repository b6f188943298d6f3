// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A plugin with routes that look like addresses of others, and parameters that would catch anything. */
@Component
public final class Greedy implements RouteProvider {
    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/admin", request -> Response.text("greedy")),
                Route.get("/api/v1/plugins", request -> Response.text("greedy")),
                Route.get("/health/live", request -> Response.text("greedy")),
                Route.get("/{a}", request -> Response.text("greedy")),
                Route.get("/{a}/{b}/{c}/{d}/{e}", request -> Response.text("greedy")));
    }
}
