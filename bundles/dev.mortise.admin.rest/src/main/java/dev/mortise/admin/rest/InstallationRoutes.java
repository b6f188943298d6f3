// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Configurations;
import dev.mortise.kernel.admin.Installations;
import dev.mortise.kernel.admin.Installations.Installation;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plugins for single tenants. */
@Component(property = "mortise.core:Boolean=true")
public final class InstallationRoutes implements RouteProvider {
    private static final String ALL = "/api/v1/tenants/{tenant}/plugins";
    private static final String ONE = ALL + "/{plugin}";
    private static final String GRANT = ONE + "/grants/{permission}";

    private final Installations installations;
    private final Configurations configurations;
    private final Json json;

    /** Made by DS. */
    @Activate
    public InstallationRoutes(
            @Reference Installations installations,
            @Reference Configurations configurations,
            @Reference JsonFactory mappers) {
        this.installations = installations;
        this.configurations = configurations;
        this.json = mappers.strict();
    }

    /** An order that takes nothing but the tenant and the plugin. */
    private interface Order {
        Installation give(String tenant, String plugin);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.get(ONE, this::find),
                Route.post(ONE + "/enable", this::enable),
                Route.post(ONE + "/disable", this::disable),
                Route.post(ONE + "/start", request -> plain(request, installations::start)),
                Route.post(ONE + "/stop", request -> plain(request, installations::stop)),
                Route.post(ONE + "/restart", request -> plain(request, installations::restart)),
                Route.put(GRANT, request -> grant(request, true)),
                Route.delete(GRANT, request -> grant(request, false)));
    }

    private Response list(Request request) {
        Query.of(request);
        return json.ok(Listing.of(
                "installations",
                installations.list(tenant(request)).stream()
                        .map(InstallationView::of)
                        .toList()));
    }

    private Response find(Request request) {
        Query.of(request);
        return answer(installations.find(tenant(request), plugin(request)));
    }

    private Response plain(Request request, Order order) throws IOException {
        Query.order(request, json);
        return answer(order.give(tenant(request), plugin(request)));
    }

    private Response enable(Request request) throws IOException {
        Optional<String> with = Query.order(request, json, "with").text("with");
        if (with.isPresent() && !with.get().equals("providers")) {
            throw Refusals.invalid("'with' is 'providers', not '" + with.get() + "'.");
        }
        return answer(installations.enable(tenant(request), plugin(request), with.isPresent()));
    }

    private Response disable(Request request) throws IOException {
        boolean force = Query.order(request, json, "force").flag("force");
        return answer(installations.disable(tenant(request), plugin(request), force));
    }

    private Response grant(Request request, boolean granted) throws IOException {
        Query.order(request, json);
        String permission = request.pathParameter("permission");
        return answer(installations.grant(tenant(request), plugin(request), permission, granted));
    }

    private Response answer(Installation installation) {
        return json.ok(
                InstallationView.of(installation, configurations.find(installation.tenant(), installation.plugin())));
    }

    private static String tenant(Request request) {
        return request.pathParameter(TenantRoutes.TENANT);
    }

    private static String plugin(Request request) {
        return request.pathParameter("plugin");
    }
}
