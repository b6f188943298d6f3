// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets clients reach a plugin that offers services only, which calls back. */
@Component
public final class Relays implements RouteProvider {
    private final ServiceClient services;

    /** Made by DS. */
    @Activate
    public Relays(@Reference ServiceClient services) {
        this.services = services;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/relay/{plugin}", this::relay));
    }

    private Response relay(Request request) {
        ServiceResponse answer = services.service(request.pathParameter("plugin") + ".rows")
                .send(ServiceRequest.of("GET", "/back/context"));
        return new Response(answer.status(), answer.headers(), answer.body());
    }
}
