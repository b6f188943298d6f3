// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import dev.mortise.api.http.Route;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginManifest;
import java.util.List;
import java.util.Optional;

/** Compares the routes of a plugin with the endpoints that its plugin.json declares. */
public final class DeclaredRoutes {
    private DeclaredRoutes() {}

    /** Answers the sentence about endpoints that no route realises. */
    public static Optional<String> objection(PluginManifest manifest, List<Route> routes) {
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
