// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import java.util.ArrayDeque;
import java.util.Deque;

/** Tarjan's strongly connected components, without recursion: a chain of plugins may be longer than a stack. */
final class Components {
    private final int[][] edges;
    private final int[] index;
    private final int[] low;
    private final int[] nextEdge;
    private final int[] component;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final Deque<Integer> path = new ArrayDeque<>();
    private int visited;
    private int found;

    Components(int[][] edges) {
        this.edges = edges;
        index = new int[edges.length];
        low = new int[edges.length];
        nextEdge = new int[edges.length];
        component = new int[edges.length];
    }

    /** Answers the number of each node's component, from 1; nodes are in one component when each reaches the other. */
    int[] find() {
        for (int node = 0; node < edges.length; node++) {
            if (index[node] == 0) {
                walkFrom(node);
            }
        }
        return component;
    }

    private void walkFrom(int root) {
        enter(root);
        while (!path.isEmpty()) {
            int node = path.element();
            if (nextEdge[node] < edges[node].length) {
                follow(node, edges[node][nextEdge[node]++]);
            } else {
                leave(node);
            }
        }
    }

    private void enter(int node) {
        index[node] = low[node] = ++visited;
        open.push(node);
        path.push(node);
    }

    private void follow(int node, int next) {
        if (index[next] == 0) {
            enter(next);
        } else if (component[next] == 0) {
            low[node] = Math.min(low[node], index[next]);
        }
    }

    private void leave(int node) {
        path.pop();
        if (!path.isEmpty()) {
            low[path.element()] = Math.min(low[path.element()], low[node]);
        }
        if (low[node] == index[node]) {
            found++;
            int member;
            do {
                member = open.pop();
                component[member] = found;
            } while (member != node);
        }
    }
}
