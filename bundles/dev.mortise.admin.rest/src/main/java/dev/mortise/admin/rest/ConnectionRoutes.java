// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.call.Identity;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Connections;
import dev.mortise.kernel.admin.Connections.Returned;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Connections of plugins with authorization servers (OAuth 2.0). The browser comes back to a page of whoever asked, and that
 * sends on what it came with, with the token of the one who began: so nobody else can end what he did not begin.
 */
@Component(property = "mortise.core:Boolean=true")
public final class ConnectionRoutes implements RouteProvider {
    private static final String AUTH = "/api/v1/tenants/{tenant}/plugins/{plugin}/auth";

    private final Connections connections;
    private final Json json;

    /** Made by DS. */
    @Activate
    public ConnectionRoutes(@Reference Connections connections, @Reference JsonFactory mappers) {
        this.connections = connections;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(AUTH + "/authorize", this::begin),
                Route.post(AUTH + "/callback", this::complete),
                Route.delete(AUTH, this::disconnect));
    }

    private Response begin(Request request) throws IOException {
        Fields fields = Fields.of(request, json, "methodId", "redirectUri");
        Optional<String> method = fields.text("methodId");
        Optional<String> redirect = fields.text("redirectUri");
        fields.check();
        return json.ok(connections.begin(tenant(request), plugin(request), method, redirect, caller(request)));
    }

    private Response complete(Request request) throws IOException {
        Fields fields = Fields.of(request, json, "state", "code", "error");
        Optional<String> state = fields.text("state");
        Optional<String> code = fields.text("code");
        Optional<String> error = fields.text("error");
        if (!fields.has("state")) {
            fields.missing("state", "It is what the browser came back with.");
        }
        if (fields.has("code") == fields.has("error")) {
            fields.problem("/code", "Either 'code' or 'error' is what the browser came back with.", "Send that one.");
        }
        fields.check();
        Returned returned = new Returned(state.orElseThrow(), code, error);
        return json.ok(connections.complete(tenant(request), plugin(request), returned, caller(request)));
    }

    private Response disconnect(Request request) {
        Query.of(request);
        return json.ok(connections.disconnect(tenant(request), plugin(request)));
    }

    private static String caller(Request request) {
        Identity identity = request.context().identity();
        return identity.kind() + " " + identity.id();
    }

    private static String tenant(Request request) {
        return request.pathParameter(TenantRoutes.TENANT);
    }

    private static String plugin(Request request) {
        return request.pathParameter("plugin");
    }
}
