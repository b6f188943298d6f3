// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Installations;
import dev.mortise.kernel.admin.Metadata;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What plugins say of themselves, as it was last read. */
@Component(property = "mortise.core:Boolean=true")
public final class MetadataRoutes implements RouteProvider {
    private final Metadata metadata;
    private final Installations installations;
    private final Json json;

    /** Made by DS. */
    @Activate
    public MetadataRoutes(
            @Reference Metadata metadata, @Reference Installations installations, @Reference JsonFactory mappers) {
        this.metadata = metadata;
        this.installations = installations;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/plugins/{id}/metadata", this::get),
                Route.post("/api/v1/tenants/{tenant}/plugins/{plugin}/refresh-metadata", this::refresh));
    }

    private Response get(Request request) {
        Query.of(request);
        return json.ok(metadata.find(NamedPlugin.of(request)));
    }

    /** All tenants have the same metadata; the path names one, and both must be there. */
    private Response refresh(Request request) throws IOException {
        Query.order(request, json);
        String plugin = installations
                .find(request.pathParameter(TenantRoutes.TENANT), request.pathParameter("plugin"))
                .plugin();
        return json.ok(metadata.refresh(new PluginId(plugin)));
    }
}
