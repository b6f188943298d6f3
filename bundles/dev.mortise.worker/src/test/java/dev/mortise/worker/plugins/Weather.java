// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugins;

import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.worker.MortiseWorker;
import java.util.List;

/** A whole remote plugin in plain Java: this class, and its plugin.json. */
public record Weather(Json json) implements RouteProvider {
    private record Forecast(String city, String sky) {}

    public static void main(String[] arguments) {
        MortiseWorker.run(services -> new Weather(services.get(Json.class)), arguments);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                "/forecasts/{city}", request -> json.ok(new Forecast(request.pathParameter("city"), "blue"))));
    }
}
