// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells what it sees of a request. */
@Component
public final class Echoes implements RouteProvider {
    private static final String SEEN = "/seen/{value}";

    private final Json json;

    /** Made by DS. */
    @Activate
    public Echoes(@Reference Json json) {
        this.json = json;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(SEEN, this::seen),
                Route.post(SEEN, this::seen),
                Route.put(SEEN, this::seen),
                Route.patch(SEEN, this::seen),
                Route.delete(SEEN, this::seen),
                Route.post("/echo", this::echo));
    }

    private Response seen(Request request) throws java.io.IOException {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("method", request.method());
        seen.put("path", request.path());
        seen.put("value", request.pathParameter("value"));
        seen.put("query", new TreeMap<>(request.query()));
        Map<String, List<String>> fields = new TreeMap<>();
        request.headers().forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), values));
        seen.put("fields", fields);
        seen.put("content", request.body().text());
        return json.ok(seen);
    }

    private Response echo(Request request) throws java.io.IOException {
        String type = request.headers().first("Content-Type").orElse("none");
        String length = request.body().length().isPresent()
                ? String.valueOf(request.body().length().getAsLong())
                : "unknown";
        return new Response(
                        200,
                        dev.mortise.api.http.Headers.of("Content-Type", type),
                        dev.mortise.api.http.Body.of(request.body().buffer()))
                .with("X-Length", length);
    }
}
