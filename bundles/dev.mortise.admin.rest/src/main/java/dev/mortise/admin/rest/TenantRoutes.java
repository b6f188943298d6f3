// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants. */
@Component(property = "mortise.core:Boolean=true")
public final class TenantRoutes implements RouteProvider {
    private final TenantDirectory tenants;
    private final Json json;

    /** Made by DS. */
    @Activate
    public TenantRoutes(@Reference TenantDirectory tenants, @Reference JsonFactory mappers) {
        this.tenants = tenants;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/tenants", this::list));
    }

    private Response list(Request request) {
        Query.of(request);
        return json.ok(
                Listing.of("tenants", tenants.all().stream().map(View::of).toList()));
    }

    /** One tenant as JSON. */
    record View(String id, String slug, String name, String state) {
        static View of(Tenant tenant) {
            return new View(
                    tenant.id().value(), tenant.slug(), tenant.name(), tenant.suspended() ? "suspended" : "active");
        }
    }
}
