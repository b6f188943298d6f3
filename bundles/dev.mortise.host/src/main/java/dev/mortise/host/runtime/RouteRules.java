// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.http.Route;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem.StartProblem;
import dev.mortise.rules.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges the routes of a plugin before anybody else sees them. */
record RouteRules(PluginManifest manifest) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Answers what makes the routes unusable: no time will mend it. */
    Optional<StartProblem> malformed(List<Route> routes) {
        List<RouteTable.Entry<Route>> entries = new ArrayList<>();
        for (Route route : routes) {
            if (!METHODS.contains(route.method())) {
                return Optional.of(problem("has a route with method '" + route.method() + "', which is none of "
                        + METHODS.stream().sorted().toList()));
            }
            try {
                entries.add(new RouteTable.Entry<>(route.method(), PathTemplate.parse(route.path()), route));
            } catch (IllegalArgumentException e) {
                return Optional.of(
                        problem("has a route with a bad path: " + withoutStop(String.valueOf(e.getMessage()))));
            }
        }
        return RouteTable.build(entries) instanceof RouteTable.Built.Conflicts<Route> conflicts
                ? Optional.of(problem("has two routes for "
                        + conflicts.conflicts().get(0).second().method() + " "
                        + conflicts.conflicts().get(0).second().path()))
                : Optional.empty();
    }

    /** Answers which declared endpoints have no route. */
    Optional<StartProblem> missing(List<Route> routes) {
        List<String> missing = manifest.services().stream()
                .flatMap(service -> service.endpoints().stream()
                        .filter(endpoint -> routes.stream().noneMatch(route -> realises(route, endpoint)))
                        .map(endpoint -> endpoint + " of service '" + service.name() + "'"))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(problem("declares endpoints that no route realises: " + String.join(", ", missing)));
    }

    private static boolean realises(Route route, EndpointDeclaration endpoint) {
        return route.method().equals(endpoint.method())
                && PathTemplate.parse(route.path())
                        .shape()
                        .equals(endpoint.path().shape());
    }

    private StartProblem problem(String what) {
        PluginId plugin = manifest.id();
        return new StartProblem(
                "Plugin '%s' %s.".formatted(plugin, what),
                "Make the routes of plugin '%s' agree with its plugin.json.".formatted(plugin));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
