// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.PluginApis;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Describes the API of the core and of all plugins to whoever is known; administration to administrators alone. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.permission="})
public final class OpenApiRoutes implements RouteProvider {
    private final PluginApis plugins;
    private final Json json;
    private @Nullable Pages pages;

    /** Made by DS. */
    @Activate
    public OpenApiRoutes(@Reference PluginApis plugins, @Reference JsonFactory mappers) {
        this.plugins = plugins;
        this.json = mappers.lenient();
    }

    private record Pages(ApiPage all, ApiPage withoutAdministration) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/openapi.json", this::get));
    }

    private Response get(Request request) throws IOException {
        Query.of(request);
        boolean admin = request.context().identity().has("mortise.admin");
        return (admin ? pages().all : pages().withoutAdministration)
                .with(plugins.serving(tenant(request)))
                .answer("private, no-cache")
                .with("Vary", "Authorization");
    }

    private static Optional<TenantId> tenant(Request request) {
        return request.context().tenant().or(() -> request.context().identity().tenant());
    }

    // made at the first request: time that no start has to wait for
    private synchronized Pages pages() {
        Pages known = pages;
        if (known == null) {
            CoreApi core = CoreApi.read(json);
            known = new Pages(new ApiPage(core, json), new ApiPage(core.withoutAdministration(), json));
            pages = known;
        }
        return known;
    }
}
