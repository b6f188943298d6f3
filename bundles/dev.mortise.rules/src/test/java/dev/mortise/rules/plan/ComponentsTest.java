// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.junit.jupiter.api.Test;

class ComponentsTest {
    @Test
    void findsTheKnotsOfASmallGraph() {
        int[][] edges = {{1}, {2}, {0, 3}, {4}, {3}, {5}, {}};

        assertThat(sets(new Components(edges).find()))
                .containsExactlyInAnyOrder(Set.of(0, 1, 2), Set.of(3, 4), Set.of(5), Set.of(6));
    }

    @Test
    void followsAChainThatIsLongerThanAnyStack() {
        int[][] chain = new int[200_000][];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = i + 1 < chain.length ? new int[] {i + 1} : new int[0];
        }

        assertThat(new Components(chain).find()).doesNotHaveDuplicates();
    }

    @Property(tries = 1000)
    void agreesWithJgrapht(@ForAll @Size(max = 20) List<@Size(max = 4) List<@IntRange(max = 19) Integer>> wanted) {
        int[][] edges = wanted.stream()
                .map(targets -> targets.stream()
                        .mapToInt(Integer::intValue)
                        .filter(target -> target < wanted.size())
                        .toArray())
                .toArray(int[][]::new);
        DefaultDirectedGraph<Integer, DefaultEdge> graph = new DefaultDirectedGraph<>(DefaultEdge.class);
        for (int node = 0; node < edges.length; node++) {
            graph.addVertex(node);
        }
        for (int node = 0; node < edges.length; node++) {
            for (int target : edges[node]) {
                graph.addEdge(node, target);
            }
        }

        assertThat(new HashSet<>(sets(new Components(edges).find())))
                .isEqualTo(new HashSet<>(new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets()));
    }

    private static Collection<Set<Integer>> sets(int[] components) {
        Map<Integer, Set<Integer>> sets = new TreeMap<>();
        for (int node = 0; node < components.length; node++) {
            sets.computeIfAbsent(components[node], component -> new TreeSet<>()).add(node);
        }
        return sets.values();
    }
}
