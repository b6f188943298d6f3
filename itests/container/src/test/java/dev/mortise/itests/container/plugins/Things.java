// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** One route. */
@Component
public final class Things implements RouteProvider {
    @Override
    public List<Route> routes() {
        return List.of(Route.get("/things", request -> Response.text("things")));
    }
}
