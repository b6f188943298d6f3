// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.PluginIdentity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plugins and whom they need, numbered by the order of their ids; knows its cycles. */
final class Graph {
    private final List<PluginIdentity> ids;
    private final int[][] edges;

    /** Takes a sorted map from each plugin to the sorted plugins that it needs, all of them keys. */
    Graph(Map<PluginIdentity, List<PluginIdentity>> needed) {
        ids = List.copyOf(needed.keySet());
        Map<PluginIdentity, Integer> numbers = new HashMap<>();
        ids.forEach(id -> numbers.put(id, numbers.size()));
        edges = needed.values().stream()
                .map(list -> list.stream().mapToInt(numbers::get).toArray())
                .toArray(int[][]::new);
    }

    List<PluginIdentity> ids() {
        return ids;
    }

    /**
     * Answers cycles such that every plugin that lies on any cycle lies on one of these: for each plugin in order that
     * has none yet, the shortest one through it. Shortest paths are the readable ones, and plugins that are in one plain
     * circle all get the same.
     */
    List<CyclePath> cycles() {
        int[] components = new Components(edges).find();
        boolean[] covered = new boolean[ids.size()];
        Set<CyclePath> paths = new LinkedHashSet<>();
        for (int start = 0; start < ids.size(); start++) {
            if (!covered[start] && edges[start].length > 0) {
                List<Integer> cycle = shortestCycle(start, components);
                cycle.forEach(member -> covered[member] = true);
                if (!cycle.isEmpty()) {
                    paths.add(CyclePath.through(cycle.stream().map(ids::get).toList()));
                }
            }
        }
        return List.copyOf(paths);
    }

    private List<Integer> shortestCycle(int start, int[] components) {
        int[] before = new int[ids.size()];
        Arrays.fill(before, -1);
        Deque<Integer> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int next : edges[node]) {
                if (next == start) {
                    return back(node, start, before);
                }
                if (components[next] == components[start] && before[next] < 0) {
                    before[next] = node;
                    queue.add(next);
                }
            }
        }
        return List.of();
    }

    private static List<Integer> back(int last, int start, int[] before) {
        List<Integer> path = new ArrayList<>();
        for (int node = last; node != start; node = before[node]) {
            path.add(0, node);
        }
        path.add(0, start);
        return path;
    }
}
