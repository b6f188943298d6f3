// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Workers;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Processes in which plugins run: how they stand, and orders to them. */
@Component(property = "mortise.core:Boolean=true")
public final class WorkerRoutes implements RouteProvider {
    private static final Pattern INSTANCE = Pattern.compile("[0-9]{1,4}");

    private final Workers workers;
    private final Json json;

    /** Made by DS. */
    @Activate
    public WorkerRoutes(@Reference Workers workers, @Reference JsonFactory mappers) {
        this.workers = workers;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/workers", this::list),
                Route.get("/api/v1/workers/{plugin}", this::show),
                Route.post("/api/v1/workers/{plugin}/start", request -> order(request, Command.START)),
                Route.post("/api/v1/workers/{plugin}/stop", request -> order(request, Command.STOP)),
                Route.post("/api/v1/workers/{plugin}/restart", request -> order(request, Command.RESTART)));
    }

    private Response list(Request request) {
        Query.of(request);
        return told(workers.list());
    }

    private Response show(Request request) {
        Query query = Query.of(request, "tenant", "instance");
        return told(workers.find(plugin(request), query.text("tenant"), instance(query)));
    }

    private Response order(Request request, Command command) throws IOException {
        Query query = Query.of(request, "tenant", "instance");
        PluginId plugin = plugin(request);
        withoutBody(request);
        return told(workers.command(plugin, command, query.text("tenant"), instance(query)));
    }

    private static PluginId plugin(Request request) {
        return NamedPlugin.read(request.pathParameter("plugin"));
    }

    /** Whoever names one process in a body means that one, and not all of them. */
    private static void withoutBody(Request request) throws IOException {
        String body = request.body().text().strip();
        if (!body.isEmpty() && !body.equals("{}")) {
            throw Refusals.invalid("This order takes no body: 'tenant' and 'instance' are query parameters, as in"
                    + " '?tenant=acme&instance=0'. Without them it is for all processes of the plugin.");
        }
    }

    /** Instances are counted from 0. */
    private static Optional<Integer> instance(Query query) {
        Optional<String> text = query.text("instance");
        if (text.filter(number -> !INSTANCE.matcher(number).matches()).isPresent()) {
            throw Refusals.invalid(
                    "The query parameter 'instance' is a number from 0 to 9999, not '" + text.get() + "'.");
        }
        return text.map(Integer::valueOf);
    }

    private Response told(List<Worker> all) {
        return json.ok(Listing.of("workers", all.stream().map(WorkerView::of).toList()));
    }
}
