// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import dev.mortise.api.http.Route;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.rules.route.ProcessPaths;
import java.util.List;
import java.util.Optional;

/** Compares the routes of a plugin with the endpoints that its plugin.json declares, and with what its process answers itself. */
public final class DeclaredRoutes {
    private DeclaredRoutes() {}

    /** Answers the sentence about endpoints that no route realises, or about routes that nobody would reach. */
    public static Optional<String> objection(PluginManifest manifest, List<Route> routes) {
        return missing(manifest, routes).or(() -> hidden(manifest, routes));
    }

    private static Optional<String> hidden(PluginManifest manifest, List<Route> routes) {
        return routes.stream()
                .filter(route -> ProcessPaths.own(route.path()))
                .findFirst()
                .map(route ->
                        "Route %s %s of plugin '%s' is where its process is asked by the container. Give it another path, or run the plugin as a bundle."
                                .formatted(route.method(), route.path(), manifest.id()));
    }

    private static Optional<String> missing(PluginManifest manifest, List<Route> routes) {
        List<String> missing = manifest.services().stream()
                .flatMap(service -> service.endpoints().stream()
                        .filter(endpoint -> routes.stream().noneMatch(route -> realises(route, endpoint)))
                        .map(endpoint -> endpoint + " of service '" + service.name() + "'"))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Plugin '%s' declares endpoints that no route realises: %s."
                        .formatted(manifest.id(), String.join(", ", missing)));
    }

    private static boolean realises(Route route, EndpointDeclaration endpoint) {
        return route.method().equals(endpoint.method())
                && PathTemplate.parse(route.path())
                        .shape()
                        .equals(endpoint.path().shape());
    }
}
