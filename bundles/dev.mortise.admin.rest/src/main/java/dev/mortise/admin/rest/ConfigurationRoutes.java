// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Configurations;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Settings and credentials of plugins for single tenants; secrets never leave here. */
@Component(property = "mortise.core:Boolean=true")
public final class ConfigurationRoutes implements RouteProvider {
    private static final String ONE = "/api/v1/tenants/{tenant}/plugins/{plugin}";

    private final Configurations configurations;
    private final Json json;

    /** Made by DS. */
    @Activate
    public ConfigurationRoutes(@Reference Configurations configurations, @Reference JsonFactory mappers) {
        this.configurations = configurations;
        this.json = mappers.exact();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ONE + "/config", this::get),
                Route.put(ONE + "/config", this::configure),
                Route.put(ONE + "/auth", this::authenticate),
                Route.post(ONE + "/validate-auth", this::validate));
    }

    private Response get(Request request) {
        Query.of(request);
        return answer(configurations.find(tenant(request), plugin(request)));
    }

    @SuppressWarnings("unchecked") // a JSON object has texts for keys
    private Response configure(Request request) throws IOException {
        Query.of(request);
        Map<String, Object> values = json.read(request.body(), Map.class);
        return answer(configurations.configure(tenant(request), plugin(request), values));
    }

    @SuppressWarnings("unchecked") // a JSON object has texts for keys
    private Response authenticate(Request request) throws IOException {
        Fields fields = Fields.of(request, json, "methodId", "credentials");
        Optional<String> method = fields.text("methodId");
        Optional<String> credentials = fields.object("credentials");
        if (!fields.has("methodId")) {
            fields.missing("methodId", "It is the id of one of the plugin's methods.");
        }
        fields.check();
        Map<String, Object> values = json.read(credentials.orElse("{}"), Map.class);
        return answer(configurations.authenticate(tenant(request), plugin(request), method.orElseThrow(), values));
    }

    private Response validate(Request request) throws IOException {
        Query.order(request, json);
        return json.ok(configurations.validateAuth(tenant(request), plugin(request)));
    }

    private Response answer(Configuration configuration) {
        return json.ok(configuration);
    }

    private static String tenant(Request request) {
        return request.pathParameter(TenantRoutes.TENANT);
    }

    private static String plugin(Request request) {
        return request.pathParameter("plugin");
    }
}
