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
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who needs whom. */
@Component(property = "mortise.core:Boolean=true")
public final class DependencyRoutes implements RouteProvider {
    private final Plugins plugins;
    private final Json json;

    /** Made by DS. */
    @Activate
    public DependencyRoutes(@Reference Plugins plugins, @Reference JsonFactory mappers) {
        this.plugins = plugins;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/dependencies/{id}/dependents", this::dependents),
                Route.get("/api/v1/dependencies/{id}/can-uninstall", this::canUninstall));
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
