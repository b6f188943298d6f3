// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.Forwarding;
import dev.mortise.kernel.port.RemoteInstances;
import dev.mortise.kernel.port.Routing;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.rules.route.ProcessPaths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The routes of a plugin that runs in processes: those that it declares, and what a process says that it has beside; and its
 * tools.
 */
record WorkerRoutes(PluginManifest manifest, Forwarding forwarding, RemoteInstances instances) {
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    /** What the routes came to. */
    sealed interface Outcome {
        /** They may be mounted. */
        record Good(List<Route> routes, Routing.Tools tools) implements Outcome {}

        /** The process does not do what its plugin.json says. */
        record Bad(Problem problem) implements Outcome {}
    }

    /**
     * Makes the routes.
     *
     * @param said by the process that was started to prove the version; nothing when nobody needed one yet
     */
    Outcome of(Optional<WorkerFleet.Surface> said) {
        List<Route> own = said.map(this::routes).orElseGet(List::of);
        RouteRules rules = new RouteRules(manifest);
        Optional<Problem> problem = rules.malformed(own).<Problem>map(bad -> bad);
        if (problem.isEmpty() && said.isPresent()) {
            problem = rules.missing(own).map(bad -> bad);
        }
        return problem.<Outcome>map(Outcome.Bad::new).orElseGet(() -> new Outcome.Good(together(own), tools(said)));
    }

    private List<Route> routes(WorkerFleet.Surface said) {
        List<Route> routes = new ArrayList<>();
        for (WorkerFleet.Route route : said.routes()) {
            routes.add(new Route(
                    route.method(), route.path(), ofRoute(handler(false, REPEATABLE.contains(route.method())))));
        }
        return routes;
    }

    /** An endpoint that two services declare is one route. */
    private List<Route> together(List<Route> own) {
        Map<String, Route> routes = new LinkedHashMap<>();
        manifest.services().stream()
                .flatMap(service -> service.endpoints().stream())
                .forEach(endpoint -> routes.putIfAbsent(
                        endpoint.method() + " " + endpoint.path().shape(), route(endpoint)));
        own.forEach(route -> routes.putIfAbsent(
                route.method() + " " + PathTemplate.parse(route.path()).shape(), route));
        return List.copyOf(routes.values());
    }

    private Route route(EndpointDeclaration endpoint) {
        return new Route(
                endpoint.method(),
                endpoint.path().toString(),
                ofRoute(handler(endpoint.streaming(), endpoint.idempotent())));
    }

    private Handler ofRoute(Handler forwards) {
        return ProcessPaths.guarded(manifest.id(), forwards);
    }

    /** What a process said of its tools spares asking, and starting, those of other tenants. */
    private Routing.Tools tools(Optional<WorkerFleet.Surface> said) {
        if (said.isPresent() && said.get().tools().isEmpty()) {
            return Routing.Tools.NONE;
        }
        Handler list = said.<Handler>map(known -> told(known.tools())).orElseGet(() -> handler(false, true));
        return new Routing.Tools.Elsewhere(list, handler(false, false));
    }

    private static Handler told(List<String> tools) {
        Response answer =
                Response.of(200, "application/json", Body.of("{\"tools\":[" + String.join(",", tools) + "]}"));
        return request -> answer;
    }

    private Handler handler(boolean streaming, boolean repeatable) {
        return forwarding.to(manifest.id(), instances, streaming, repeatable);
    }
}
