// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import dev.mortise.kernel.model.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what belongs to a method and a canonical path. Built once, immutable, read by any number of threads without a
 * lock. In each segment a literal beats a parameter; where that leads nowhere the parameter is tried. HEAD is answered
 * by GET where there is no HEAD of its own.
 *
 * @param <T> what a route leads to
 */
public final class RouteTable<T> {
    private final RouteNode<T> root;

    private RouteTable(RouteNode<T> root) {
        this.root = root;
    }

    /** One route: a method in upper case, a template, and what they lead to. */
    public record Entry<T>(String method, PathTemplate path, T value) {}

    /** What building came to. */
    public sealed interface Built<T> {
        /** The table. */
        record Table<T>(RouteTable<T> table) implements Built<T> {}

        /** Entries want the same method and shape; each conflict names the one that came first and the later one. */
        record Conflicts<T>(List<Conflict<T>> conflicts) implements Built<T> {}
    }

    /** Two entries of the same method and shape. */
    public record Conflict<T>(Entry<T> first, Entry<T> second) {}

    /** What a look-up came to. */
    public sealed interface Found<T> {
        /** The route, with the values of its parameters. */
        record Match<T>(T value, Map<String, String> parameters) implements Found<T> {}

        /** The path is known, the method is not; the methods that are, in order. */
        record MethodNotAllowed<T>(Set<String> allowed) implements Found<T> {}

        /** Nobody knows the path. */
        record NoMatch<T>() implements Found<T> {}
    }

    /** Builds a table; refuses all conflicts at once. */
    public static <T> Built<T> build(List<Entry<T>> entries) {
        RouteNode.Draft<T> draft = new RouteNode.Draft<>();
        List<Conflict<T>> conflicts = new ArrayList<>();
        for (Entry<T> entry : entries) {
            draft.add(entry).ifPresent(first -> conflicts.add(new Conflict<>(first, entry)));
        }
        return conflicts.isEmpty()
                ? new Built.Table<>(new RouteTable<>(draft.freeze()))
                : new Built.Conflicts<>(List.copyOf(conflicts));
    }

    /** Answers a table without routes. */
    public static <T> RouteTable<T> empty() {
        return new RouteTable<>(new RouteNode.Draft<T>().freeze());
    }

    /** Finds the route of a canonical path. */
    public Found<T> find(String method, String path) {
        return find(method, path, 0);
    }

    /**
     * Finds the route of the part of a canonical path that begins at {@code from}: at a slash, or at the end for the
     * mount itself, which is the template "/".
     */
    public Found<T> find(String method, String path, int from) {
        RouteWalk<T> walk = new RouteWalk<>(method, path);
        int start = path.length() - from == 1 ? path.length() : from;
        RouteNode.Leaf<T> leaf = walk.find(root, start, 0);
        if (leaf != null) {
            return new Found.Match<>(leaf.value(), walk.parameters(leaf));
        }
        Set<String> allowed = new TreeSet<>();
        walk.collectMethods(root, start, allowed);
        return allowed.isEmpty() ? new Found.NoMatch<>() : new Found.MethodNotAllowed<>(allowed);
    }
}
