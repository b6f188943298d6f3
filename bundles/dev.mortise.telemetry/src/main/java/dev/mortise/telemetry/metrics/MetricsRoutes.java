// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.metrics;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows all meters to Prometheus, or whoever reads its formats and is an admin. */
@Component(property = "mortise.core:Boolean=true")
public final class MetricsRoutes implements RouteProvider {
    private final PrometheusMeters meters;

    /** Made by DS. */
    @Activate
    public MetricsRoutes(@Reference PrometheusMeters meters) {
        this.meters = meters;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/metrics", this::show));
    }

    private Response show(Request request) {
        Page page = meters.scrape(request.headers().first("Accept"));
        return Response.of(200, page.type(), Body.of(page.text())).with("Cache-Control", "no-store");
    }
}
