// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who needs whom, and whether what somebody needs would be there. */
@Component(property = "mortise.core:Boolean=true")
public final class DependencyRoutes implements RouteProvider {
    private final Plugins plugins;
    private final Json json;
    private final PlanAnswer plans;

    /** Made by DS. */
    @Activate
    public DependencyRoutes(@Reference Plugins plugins, @Reference JsonFactory mappers) {
        this.plugins = plugins;
        this.json = mappers.strict();
        this.plans = new PlanAnswer(json);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/dependencies/validate", this::validate),
                Route.get("/api/v1/dependencies/satisfies", this::satisfies),
                Route.get("/api/v1/dependencies/{id}/dependents", this::dependents),
                Route.get("/api/v1/dependencies/{id}/can-uninstall", this::canUninstall));
    }

    private Response validate(Request request) throws IOException {
        Query.of(request);
        return plans.of(plugins.validate(request.body().text()));
    }

    private Response satisfies(Request request) {
        Query query = Query.of(request, "version", "range");
        return json.ok(Map.of("satisfied", plugins.satisfies(query.given("version"), query.given("range"))));
    }

    private Response dependents(Request request) {
        return json.ok(Listing.of("dependents", needing(request)));
    }

    private Response canUninstall(Request request) {
        List<String> blockers = needing(request);
        return json.ok(Map.of("canUninstall", blockers.isEmpty(), "blockers", blockers));
    }

    private List<String> needing(Request request) {
        Query.of(request);
        PluginId id = NamedPlugin.of(request);
        if (plugins.find(id).isEmpty()) {
            throw NamedPlugin.unknown(id);
        }
        return plugins.dependents(id).stream().map(PluginId::value).sorted().toList();
    }
}
