// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look-up in the table; it remembers where the parameters lie and cuts them out only for the route that is taken. */
final class RouteWalk<T> {
    private static final int[] NONE = {};

    private final String method;
    private final String path;
    private int[] bounds = NONE;

    RouteWalk(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Finds the route below a node; {@code position} is at a slash or at the end. As deep as the table, not the path. */
    RouteNode.@Nullable Leaf<T> find(RouteNode<T> node, int position, int parameters) {
        if (position == path.length()) {
            return node.leaf(method);
        }
        int start = position + 1;
        int end = endOfSegment(start);
        RouteNode<T> literal = node.child(path, start, end);
        RouteNode.Leaf<T> leaf = literal == null ? null : find(literal, end, parameters);
        RouteNode<T> parameter = node.parameter();
        if (leaf != null || parameter == null) {
            return leaf;
        }
        remember(parameters, start, end);
        return find(parameter, end, parameters + 1);
    }

    /** Collects the methods of every route that ends at this path. */
    void collectMethods(RouteNode<T> node, int position, Set<String> methods) {
        if (position == path.length()) {
            methods.addAll(node.leaves().keySet());
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            return;
        }
        int start = position + 1;
        int end = endOfSegment(start);
        RouteNode<T> literal = node.child(path, start, end);
        if (literal != null) {
            collectMethods(literal, end, methods);
        }
        RouteNode<T> parameter = node.parameter();
        if (parameter != null) {
            collectMethods(parameter, end, methods);
        }
    }

    /** Answers the parameters of the route that {@link #find} answered. */
    Map<String, String> parameters(RouteNode.Leaf<T> leaf) {
        List<String> names = leaf.names();
        if (names.isEmpty()) {
            return Map.of();
        }
        if (names.size() == 1) {
            return Map.of(names.get(0), value(0));
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), value(i));
        }
        return Map.copyOf(values);
    }

    private String value(int index) {
        return path.substring(bounds[2 * index], bounds[2 * index + 1]);
    }

    private void remember(int index, int start, int end) {
        if (2 * index == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * index + 2);
        }
        bounds[2 * index] = start;
        bounds[2 * index + 1] = end;
    }

    private int endOfSegment(int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }
}
