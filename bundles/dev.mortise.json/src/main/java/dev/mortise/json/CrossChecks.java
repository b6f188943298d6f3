// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what a schema can't say: places that must agree with one another. Looks only at what has the right kind. */
final class CrossChecks {
    private final JsonNode manifest;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private CrossChecks(JsonNode manifest) {
        this.manifest = manifest;
    }

    static List<ManifestProblem> of(JsonNode manifest) {
        CrossChecks checks = new CrossChecks(manifest);
        checks.paths();
        checks.twice("/api/dependencies", "serviceName");
        checks.twice("/auth", "id");
        checks.servers();
        checks.references();
        checks.problems.addAll(ConfigChecks.of(manifest));
        return checks.problems;
    }

    private void paths() {
        each(
                "/api/services",
                (service, place) -> each(place.child("endpoints").pointer(), (endpoint, at) -> {
                    String path = endpoint.path("path").asText("/");
                    try {
                        PathTemplate.parse(path);
                    } catch (IllegalArgumentException e) {
                        add(at.child("path"), String.valueOf(e.getMessage()), "Write it like '/products/{id}'.");
                    }
                }));
    }

    private void twice(String list, String key) {
        Set<String> seen = new HashSet<>();
        each(list, (element, place) -> unique(element, key, place, seen));
    }

    private void servers() {
        Set<String> seen = new HashSet<>();
        each("/mcp/local", (server, place) -> unique(server, "id", place, seen));
        each("/mcp/external", (server, place) -> unique(server, "id", place, seen));
    }

    private void unique(JsonNode element, String key, Place place, Set<String> seen) {
        JsonNode value = element.path(key);
        if (value.isTextual() && !seen.add(value.asText())) {
            add(place.child(key), "'" + value.asText() + "' stands here a second time.", "Keep one of them.");
        }
    }

    private void references() {
        Set<String> methods = new HashSet<>();
        each("/auth", (method, place) -> {
            methods.add(method.path("id").asText());
            for (String key : List.of("configField", "clientId", "clientSecret")) {
                refer(
                        method,
                        key,
                        place,
                        manifest.path("config").has(method.path(key).asText()),
                        "config");
            }
        });
        for (String list : List.of("/mcp/local", "/mcp/external")) {
            each(
                    list,
                    (server, place) -> refer(
                            server,
                            "auth",
                            place,
                            methods.contains(server.path("auth").asText()),
                            "auth"));
        }
    }

    private void refer(JsonNode from, String key, Place place, boolean known, String section) {
        if (from.path(key).isTextual() && !known) {
            add(
                    place.child(key),
                    "'" + from.path(key).asText() + "' is not declared in '" + section + "'.",
                    "Declare it there, or name one that is.");
        }
    }

    private interface Visitor {
        void visit(JsonNode element, Place place);
    }

    private void each(String pointer, Visitor visitor) {
        int index = 0;
        JsonNode list = manifest.at(pointer);
        if (list.isArray()) {
            for (JsonNode element : list) {
                visitor.visit(element, new Place(pointer).child(index++));
            }
        }
    }

    private void add(Place place, String message, String remedy) {
        problems.add(new ManifestProblem(place.pointer(), place + ": " + message, remedy));
    }
}
