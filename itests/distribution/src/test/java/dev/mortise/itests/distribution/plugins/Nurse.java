// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A plugin that says how another one is: of that one no route answers while it is unavailable. */
@Component
public final class Nurse implements RouteProvider {
    static final String FINDING = "mortise.itests.finding";

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/finding/{status}", request -> {
            System.setProperty(FINDING, request.pathParameters().get("status"));
            return Response.text("noted");
        }));
    }
}
