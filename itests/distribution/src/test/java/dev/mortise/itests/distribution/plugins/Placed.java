// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Answers where it runs. */
@Component
public final class Placed implements RouteProvider {
    /** Made by DS. */
    @Activate
    public Placed() {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/place", request -> Response.text("{\"place\":\"bundle\"}")));
    }
}
