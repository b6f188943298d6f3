// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Deployments;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes a plugin's jar in, or says what that would lead to; the bytes go on as they come, and the host bounds them. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.bounded:Boolean=false"})
public final class UploadRoutes implements RouteProvider {
    private final Plugins plugins;
    private final ChangeAnswer changes;
    private final PlanAnswer plans;

    /** Made by DS. */
    @Activate
    public UploadRoutes(
            @Reference Plugins plugins, @Reference Deployments deployments, @Reference JsonFactory mappers) {
        this.plugins = plugins;
        this.changes = new ChangeAnswer(mappers.strict(), deployments);
        this.plans = new PlanAnswer(mappers.strict());
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/api/v1/plugins", this::install), Route.post("/api/v1/plugins/plan", this::plan));
    }

    private Response install(Request request) throws IOException {
        Query query = Query.of(request, "downgrade", "wait");
        boolean wait = query.flag("wait");
        Change change = handIn(request, query, plugins::install);
        return changes.of(change, request, wait);
    }

    private Response plan(Request request) throws IOException {
        Query query = Query.of(request, "downgrade");
        return plans.of(handIn(request, query, plugins::plan));
    }

    private static <T> T handIn(Request request, Query query, Function<Upload, T> taker) throws IOException {
        boolean downgrade = query.flag("downgrade");
        try (SentJar jar = SentJar.of(request)) {
            return taker.apply(new Upload(jar.name(), jar.bytes(), downgrade, Trigger.API));
        }
    }
}
