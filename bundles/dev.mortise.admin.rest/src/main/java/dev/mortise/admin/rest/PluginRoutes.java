// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonFactory;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plugins: what is here, how it stands and why. */
@Component(property = "mortise.core:Boolean=true")
public final class PluginRoutes implements RouteProvider {
    private final Plugins plugins;
    private final Json json;

    /** Made by DS. */
    @Activate
    public PluginRoutes(@Reference Plugins plugins, @Reference JsonFactory mappers) {
        this.plugins = plugins;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/plugins", this::list),
                Route.get("/api/v1/plugins/graph", this::graph),
                Route.get("/api/v1/plugins/{id}", this::get),
                Route.get("/api/v1/plugins/{id}/why", this::why));
    }

    private Response list(Request request) {
        Query.of(request);
        return json.ok(plugins.list());
    }

    private Response graph(Request request) {
        Query.of(request);
        return json.ok(plugins.graph());
    }

    private Response get(Request request) {
        Query.of(request);
        PluginId id = NamedPlugin.of(request);
        PluginDetail detail = plugins.find(id).orElseThrow(() -> NamedPlugin.unknown(id));
        return json.ok(PluginView.of(detail, json.read(detail.manifest(), Map.class)));
    }

    private Response why(Request request) {
        Query.of(request);
        PluginId id = NamedPlugin.of(request);
        return json.ok(plugins.why(id).orElseThrow(() -> NamedPlugin.unknown(id)));
    }
}
