// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.openapi;

import dev.mortise.kernel.admin.PluginApis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Says in the words of OpenAPI what the container knows of a route. */
final class Operation {
    private static final Set<String> WITH_BODY = Set.of("post", "put", "patch");

    private Operation() {}

    /** Makes an operation of what the manifest says. */
    static Map<String, Object> derived(ServedRoute route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        String description = route.declared()
                .map(declared -> declared.endpoint().description())
                .orElse("");
        if (!description.isEmpty()) {
            operation.put("summary", description);
        }
        if (WITH_BODY.contains(route.key())) {
            operation.put("requestBody", Map.of("content", Map.of("*/*", Map.of())));
        }
        operation.put("responses", Map.of("2XX", Map.of("description", "What the plugin answers.")));
        return operation;
    }

    /** Adds what holds for every operation of a plugin. */
    static Map<String, Object> completed(Map<String, Object> described, ServedRoute route, String plugin, String id) {
        Map<String, Object> operation = new LinkedHashMap<>(described);
        operation.put("tags", List.of(plugin));
        operation.put("operationId", id);
        operation.put("responses", responses(described, route));
        if (route.open()) {
            operation.put("security", List.of());
        } else if (!route.permissions().isEmpty()) {
            operation.put("x-mortise-permissions", List.copyOf(new TreeSet<>(route.permissions())));
        }
        route.declared().ifPresent(declared -> {
            operation.put(
                    "x-mortise-service",
                    declared.service().name() + " " + declared.service().version());
            declared.endpoint()
                    .timeout()
                    .ifPresent(timeout -> operation.put("x-mortise-timeout-ms", timeout.toMillis()));
            if (declared.endpoint().streaming()) {
                operation.put("x-mortise-streaming", true);
            }
        });
        return operation;
    }

    private static Map<String, Object> responses(Map<String, Object> described, ServedRoute route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        if (described.get("responses") instanceof Map<?, ?> own) {
            own.forEach((status, response) -> responses.put(String.valueOf(status), response));
        }
        problems(route).forEach(status -> common(status, responses));
        return responses;
    }

    /** The tenant of an open route needs not be known, so there only what its path names may be missing. */
    private static List<String> problems(ServedRoute route) {
        List<String> statuses = new ArrayList<>();
        if (!route.open()) {
            statuses.add("401");
        }
        if (!route.open() && !route.permissions().isEmpty()) {
            statuses.add("403");
        }
        if (!route.open() || !route.parameters().isEmpty()) {
            statuses.add("404");
        }
        if (route.rated()) {
            statuses.add("429");
        }
        statuses.addAll(List.of("503", "504", "default"));
        return statuses;
    }

    private static void common(String status, Map<String, Object> responses) {
        responses.putIfAbsent(status, Map.of("$ref", "#/components/responses/" + PluginApis.RESPONSES.get(status)));
    }
}
