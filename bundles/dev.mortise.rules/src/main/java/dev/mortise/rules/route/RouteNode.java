// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import dev.mortise.kernel.model.PathTemplate.Segment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One segment deep in the table: what follows by literal, what follows by parameter, and the routes that end here. */
final class RouteNode<T> {
    private final String[] literals;
    private final List<RouteNode<T>> children;
    private final @Nullable RouteNode<T> parameter;
    private final Map<String, Leaf<T>> leaves;

    private RouteNode(
            String[] literals,
            List<RouteNode<T>> children,
            @Nullable RouteNode<T> parameter,
            Map<String, Leaf<T>> leaves) {
        this.literals = literals;
        this.children = children;
        this.parameter = parameter;
        this.leaves = leaves;
    }

    /** The end of a route, with the names of its parameters in the order of the path. */
    record Leaf<T>(T value, List<String> names) {}

    @Nullable
    RouteNode<T> parameter() {
        return parameter;
    }

    Map<String, Leaf<T>> leaves() {
        return leaves;
    }

    /** Answers the route that ends here, GET for HEAD. */
    @Nullable
    Leaf<T> leaf(String method) {
        Leaf<T> leaf = leaves.get(method);
        return leaf == null && method.equals("HEAD") ? leaves.get("GET") : leaf;
    }

    /** Finds the child of the segment between start and end by halving, without making a string of it. */
    @Nullable
    RouteNode<T> child(String path, int start, int end) {
        int low = 0;
        int high = literals.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(literals[middle], path, start, end);
            if (order == 0) {
                return children.get(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    private static int compare(String literal, String path, int start, int end) {
        int length = Math.min(literal.length(), end - start);
        for (int i = 0; i < length; i++) {
            int order = literal.charAt(i) - path.charAt(start + i);
            if (order != 0) {
                return order;
            }
        }
        return literal.length() - (end - start);
    }

    /** A node while the table is built. */
    static final class Draft<T> {
        private final Map<String, Draft<T>> literals = new TreeMap<>();
        private final Map<String, RouteTable.Entry<T>> entries = new HashMap<>();
        private @Nullable Draft<T> parameter;

        /** Adds an entry; answers the one that is already in its place, if any. */
        Optional<RouteTable.Entry<T>> add(RouteTable.Entry<T> entry) {
            Draft<T> draft = this;
            for (Segment segment : entry.path().segments()) {
                draft = draft.next(segment);
            }
            return Optional.ofNullable(draft.entries.putIfAbsent(entry.method(), entry));
        }

        RouteNode<T> freeze() {
            Map<String, Leaf<T>> leaves = new HashMap<>();
            entries.forEach((method, entry) -> leaves.put(method, new Leaf<>(entry.value(), names(entry))));
            return new RouteNode<>(
                    literals.keySet().toArray(String[]::new),
                    literals.values().stream().map(Draft::freeze).toList(),
                    parameter == null ? null : parameter.freeze(),
                    Map.copyOf(leaves));
        }

        private Draft<T> next(Segment segment) {
            if (!segment.parameter()) {
                return literals.computeIfAbsent(segment.text(), text -> new Draft<>());
            }
            Draft<T> next = parameter == null ? new Draft<>() : parameter;
            parameter = next;
            return next;
        }

        private static <T> List<String> names(RouteTable.Entry<T> entry) {
            return entry.path().segments().stream()
                    .filter(Segment::parameter)
                    .map(Segment::text)
                    .toList();
        }
    }
}
