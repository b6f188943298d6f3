// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Tenants;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tenants. */
@Component(property = "mortise.core:Boolean=true")
public final class TenantRoutes implements RouteProvider {
    static final String TENANT = "tenant";
    private static final String ONE = "/api/v1/tenants/{tenant}";

    private final Tenants tenants;
    private final Json json;

    /** Made by DS. */
    @Activate
    public TenantRoutes(@Reference Tenants tenants, @Reference JsonFactory mappers) {
        this.tenants = tenants;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/tenants", this::list),
                Route.post("/api/v1/tenants", this::create),
                Route.get(ONE, this::get),
                Route.delete(ONE, this::delete),
                Route.get(ONE + "/holdings", this::holdings),
                Route.post(ONE + "/suspend", request -> answer(tenants.suspend(ordered(request)))),
                Route.post(ONE + "/activate", request -> answer(tenants.activate(ordered(request)))));
    }

    private Response list(Request request) {
        Query.of(request);
        return json.ok(Listing.of(
                "tenants", tenants.list().stream().map(TenantView::of).toList()));
    }

    private Response create(Request request) throws IOException {
        Fields fields = Fields.of(request, json, "slug", "name");
        Optional<String> slug = fields.text("slug");
        Optional<String> name = fields.text("name");
        if (!fields.has("slug")) {
            fields.missing("slug", "It names the tenant in addresses and headers.");
        }
        fields.check();
        Tenant made = tenants.create(slug.orElseThrow(), name);
        return json.response(201, TenantView.of(made)).with("Location", "/api/v1/tenants/" + made.slug());
    }

    private Response get(Request request) {
        String named = named(request);
        return answer(tenants.find(named)
                .orElseThrow(() -> new MortiseException(ErrorCode.NOT_FOUND, "There is no tenant '" + named + "'.")));
    }

    private Response holdings(Request request) {
        return json.ok(Listing.of("holdings", tenants.holdings(named(request))));
    }

    /** The rows go in the background: 202, until the tenant is not found any more. */
    private Response delete(Request request) {
        Query query = Query.of(request, "confirm");
        Tenant going = tenants.delete(request.pathParameter(TENANT), query.text("confirm"));
        return json.response(202, TenantView.of(going));
    }

    private Response answer(Tenant tenant) {
        return json.ok(TenantView.of(tenant));
    }

    private String ordered(Request request) throws IOException {
        Query.order(request, json);
        return request.pathParameter(TENANT);
    }

    private static String named(Request request) {
        Query.of(request);
        return request.pathParameter(TENANT);
    }
}
