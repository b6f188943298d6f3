// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;

/** The code of the plugins that are dropped: one route that answers a constant. */
public final class Hello implements RouteProvider {
    @Override
    public List<Route> routes() {
        return List.of(Route.get("/hello", request -> Response.text("hello")));
    }
}
