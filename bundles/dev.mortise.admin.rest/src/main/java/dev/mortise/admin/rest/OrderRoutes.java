// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Deployments;
import dev.mortise.kernel.admin.PluginBelongings;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Orders to plugins: removal, also of what is kept of them, restart, another place, the way back to an earlier version. */
@Component(property = "mortise.core:Boolean=true")
public final class OrderRoutes implements RouteProvider {
    private final Plugins plugins;
    private final PluginBelongings belongings;
    private final Json json;
    private final ChangeAnswer changes;

    /** Made by DS. */
    @Activate
    public OrderRoutes(
            @Reference Plugins plugins,
            @Reference Deployments deployments,
            @Reference PluginBelongings belongings,
            @Reference JsonFactory mappers) {
        this.plugins = plugins;
        this.belongings = belongings;
        this.json = mappers.strict();
        this.changes = new ChangeAnswer(json, deployments);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.delete("/api/v1/plugins/{id}", this::uninstall),
                Route.get("/api/v1/plugins/{id}/holdings", this::holdings),
                Route.post("/api/v1/plugins/{id}/restart", this::restart),
                Route.post("/api/v1/plugins/{id}/move", this::move),
                Route.post("/api/v1/plugins/{id}/rollback", this::rollback));
    }

    private Response uninstall(Request request) throws IOException {
        if (request.query("purge").isPresent()) {
            return purge(request);
        }
        Query query = Query.of(request, "force", "wait");
        boolean wait = query.flag("wait");
        Change change = plugins.uninstall(NamedPlugin.of(request), query.flag("force"), Trigger.API);
        return changes.of(change, request, wait);
    }

    private Response purge(Request request) {
        Query query = Query.of(request, "purge", "confirm");
        if (!query.flag("purge")) {
            throw Refusals.invalid("Leave 'purge' out to keep what belongs to the plugin.");
        }
        return json.ok(belongings.purge(NamedPlugin.of(request), query.text("confirm")));
    }

    private Response holdings(Request request) {
        Query.of(request);
        return json.ok(belongings.of(NamedPlugin.of(request)));
    }

    private Response restart(Request request) throws IOException {
        boolean wait = Query.order(request, json, "wait").flag("wait");
        return changes.of(plugins.restart(NamedPlugin.of(request), Trigger.API), request, wait);
    }

    private Response move(Request request) throws IOException {
        boolean wait = Query.of(request, "wait").flag("wait");
        String location = json.read(request.body(), Elsewhere.class)
                .location()
                .orElseThrow(() -> Refusals.invalid(
                        "The body says in 'location' where the plugin is to run: 'bundle' or 'worker'."));
        return changes.of(plugins.move(NamedPlugin.of(request), location, Trigger.API), request, wait);
    }

    private Response rollback(Request request) throws IOException {
        Query query = Query.of(request, "version", "wait");
        boolean wait = query.flag("wait");
        PluginId id = NamedPlugin.of(request);
        return changes.of(plugins.rollback(id, version(request)), request, wait);
    }

    private Optional<Version> version(Request request) throws IOException {
        Optional<String> inQuery = request.query("version");
        Optional<String> inBody = request.body().buffer().hasRemaining()
                ? json.read(request.body(), Back.class).version()
                : Optional.empty();
        if (inQuery.isPresent() && inBody.isPresent()) {
            throw Refusals.invalid("The version is in the query and in the body. Give it once.");
        }
        return inQuery.or(() -> inBody).map(OrderRoutes::version);
    }

    private static Version version(String text) {
        if (!Version.valid(text)) {
            throw Refusals.invalid("'" + text + "' is no semantic version such as 1.2.3.");
        }
        return new Version(text);
    }

    /** The body of an order to move. */
    record Elsewhere(Optional<String> location) {}

    /** The body of an order to go back. */
    record Back(Optional<String> version) {}
}
