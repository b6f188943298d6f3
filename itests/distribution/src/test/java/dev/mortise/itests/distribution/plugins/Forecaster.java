// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolCall;
import dev.mortise.api.tool.ToolProvider;
import dev.mortise.api.tool.ToolResult;
import dev.mortise.worker.MortiseWorker;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A plugin in plain Java that runs by itself: no bundle, no framework. */
public record Forecaster(Json json) implements RouteProvider, ToolProvider {
    private static final String CITY =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"minLength\":2}},"
                    + "\"required\":[\"city\"]}";

    /** Runs it. */
    public static void main(String[] arguments) {
        MortiseWorker.run(services -> new Forecaster(services.get(Json.class)), arguments);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/forecasts/{city}", request -> json.ok(forecast(request.pathParameter("city"), ""))));
    }

    @Override
    public List<Tool> tools() {
        return List.of(
                Tool.of("forecast", "Tells the weather of a city.", CITY, this::tell),
                Tool.of("rain", "Makes rain", "{\"type\":\"object\"}", call -> ToolResult.text("wet"))
                        .requiring("plugin.forecaster.rain"));
    }

    private ToolResult tell(ToolCall call) throws IOException {
        String city = String.valueOf(json.read(call.arguments(), Map.class).get("city"));
        String tenant = call.context().tenant().map(TenantId::value).orElse("none");
        return ToolResult.json(json.write(forecast(city, tenant)));
    }

    private static Map<String, String> forecast(String city, String tenant) {
        return Map.of("city", city, "sky", "blue", "tenant", tenant);
    }
}
