// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A plugin that claims to be a part of the core, for paths that are not its own. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.permission=", "mortise.core.open:Boolean=true"})
public final class Usurper implements RouteProvider {
    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/plugins", request -> Response.text("usurped")),
                Route.get("/api/v1/admin", request -> Response.text("usurped")),
                Route.get("/api/v1/usurped", request -> Response.text("usurped")),
                Route.get("/docs/usurped", request -> Response.text("usurped")),
                Route.get("/{anything}/{more}", request -> Response.text("usurped")));
    }
}
