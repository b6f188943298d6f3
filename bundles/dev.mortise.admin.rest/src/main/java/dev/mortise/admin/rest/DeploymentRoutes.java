// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Deployments;
import dev.mortise.kernel.port.JsonFactory;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The journal of deployments. */
@Component(property = "mortise.core:Boolean=true")
public final class DeploymentRoutes implements RouteProvider {
    static final String PATH = "/api/v1/deployments";

    private static final int USUAL = 50;
    private static final int MOST = 500;

    private final Deployments deployments;
    private final Json json;

    /** Made by DS. */
    @Activate
    public DeploymentRoutes(@Reference Deployments deployments, @Reference JsonFactory mappers) {
        this.deployments = deployments;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(PATH, this::newest), Route.get(PATH + "/{id}", this::get));
    }

    private Response newest(Request request) {
        int limit = Query.of(request, "limit").number("limit", USUAL, MOST);
        return json.ok(Listing.of("deployments", deployments.newest(limit)));
    }

    private Response get(Request request) {
        Query.of(request);
        String id = request.pathParameter("id");
        return json.ok(deployments.find(id).orElseThrow(() -> unknown(id)));
    }

    private static MortiseException unknown(String id) {
        return new MortiseException(
                ErrorCode.NOT_FOUND, "There is no deployment '" + id + "'. GET " + PATH + " lists the newest.");
    }
}
