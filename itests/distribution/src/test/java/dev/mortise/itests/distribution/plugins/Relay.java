// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceResponse;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A plugin that answers what another one answers. */
@Component
public final class Relay implements RouteProvider {
    private final ServiceClient services;

    /** Takes the way to other plugins. */
    @Activate
    public Relay(@Reference ServiceClient services) {
        this.services = services;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/relay", this::relay));
    }

    private Response relay(Request request) {
        ServiceResponse answer = services.service("stock.versions").get("/version");
        return new Response(answer.status(), answer.headers(), answer.body());
    }
}
