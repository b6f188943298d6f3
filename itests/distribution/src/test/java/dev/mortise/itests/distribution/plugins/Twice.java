// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A plugin with two handlers for one route. */
@Component
public final class Twice implements RouteProvider {
    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/things/{id}", request -> Response.text("one")),
                Route.get("/things/{name}", request -> Response.text("two")));
    }
}
