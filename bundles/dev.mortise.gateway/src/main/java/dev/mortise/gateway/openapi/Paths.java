// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.openapi;

import dev.mortise.kernel.model.ApiDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The paths of one plugin while they are put together. Paths that differ only in names of parameters are one. */
final class Paths {
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final int MOST_NAMED = 10;

    private final String plugin;
    private final String mount;
    private final PathParameters parameters;
    private final OperationIds ids;
    private final Map<String, Map<String, Object>> items = new TreeMap<>();
    private final Map<String, String> pathsByShape = new HashMap<>();
    private final Set<ServedRoute> described = new HashSet<>();
    private final List<String> leftOut = new ArrayList<>();

    Paths(String plugin, String mount, Optional<ApiDocument> document) {
        this.plugin = plugin;
        this.mount = mount;
        this.parameters = new PathParameters(document);
        this.ids = new OperationIds(plugin);
    }

    /** Takes what a document says of routes that there are. */
    void describe(ApiDocument document, List<ServedRoute> routes) {
        document.paths().values().forEach(this::takeIds);
        document.paths().forEach((path, item) -> {
            String known = pathsByShape.putIfAbsent(PathParameters.shape(path), path);
            for (String method : METHODS) {
                if (item.get(method) instanceof Map<?, ?> operation) {
                    find(method, path, routes)
                            .filter(route -> known == null)
                            .ifPresentOrElse(
                                    route -> add(route, path, item, texts(operation)),
                                    () -> leftOut.add(method.toUpperCase(Locale.ROOT) + " " + path));
                }
            }
        });
    }

    private void takeIds(Map<String, Object> item) {
        for (String method : METHODS) {
            if (item.get(method) instanceof Map<?, ?> operation && operation.get("operationId") instanceof String id) {
                ids.take(id);
            }
        }
    }

    private static Optional<ServedRoute> find(String method, String path, List<ServedRoute> routes) {
        return routes.stream()
                .filter(route ->
                        route.key().equals(method) && route.path().shape().equals(PathParameters.shape(path)))
                .findFirst();
    }

    /** Adds the routes that no document spoke of. */
    void derive(List<ServedRoute> routes) {
        for (ServedRoute route : routes) {
            if (!described.contains(route) && METHODS.contains(route.key())) {
                String path = pathsByShape.computeIfAbsent(
                        route.path().shape(), shape -> route.path().toString());
                add(route, path, items.getOrDefault(path, Map.of()), Operation.derived(route));
            }
        }
    }

    private void add(ServedRoute route, String path, Map<String, Object> item, Map<String, Object> operation) {
        Map<String, Object> own = new LinkedHashMap<>(operation);
        List<Object> complete = parameters.complete(path, item, operation);
        if (!complete.isEmpty()) {
            own.put("parameters", complete);
        }
        String id = own.get("operationId") instanceof String known ? known : ids.make(route);
        items.computeIfAbsent(path, key -> withoutOperations(item))
                .put(route.key(), Operation.completed(own, route, plugin, id));
        described.add(route);
    }

    private static Map<String, Object> withoutOperations(Map<String, Object> item) {
        Map<String, Object> rest = new LinkedHashMap<>(item);
        METHODS.forEach(rest::remove);
        return rest;
    }

    /** Answers the operations by whole path. */
    Map<String, Object> merged() {
        Map<String, Object> merged = new LinkedHashMap<>();
        items.forEach((path, item) -> merged.put(mount + (path.equals("/") ? "" : path), item));
        return merged;
    }

    /** Says what a document speaks of in vain. */
    Optional<String> leftOut(String file) {
        if (leftOut.isEmpty()) {
            return Optional.empty();
        }
        String more = leftOut.size() > MOST_NAMED ? " and " + (leftOut.size() - MOST_NAMED) + " more" : "";
        return Optional.of(
                file + " describes " + String.join(", ", leftOut.subList(0, Math.min(leftOut.size(), MOST_NAMED)))
                        + more + ", for which the plugin has no route. They are left out of /openapi.json.");
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
