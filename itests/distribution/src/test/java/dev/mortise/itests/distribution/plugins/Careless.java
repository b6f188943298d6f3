// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A plugin that asks another one many times, and counts what comes back without reading it. */
@Component
public final class Careless implements RouteProvider {
    private final ServiceClient services;

    /** Takes the way to other plugins. */
    @Activate
    public Careless(@Reference ServiceClient services) {
        this.services = services;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/count", this::count));
    }

    private Response count(Request request) {
        int times = Integer.parseInt(request.query("times").orElseThrow());
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            statuses.merge(status(), 1, Integer::sum);
        }
        return Response.text(statuses.toString());
    }

    private int status() {
        try {
            return services.service("stock.versions").get("/version").status();
        } catch (ServiceException refused) {
            return refused.status();
        }
    }
}
