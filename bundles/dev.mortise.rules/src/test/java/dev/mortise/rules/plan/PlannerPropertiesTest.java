// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.testkit.PluginBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jgrapht.alg.connectivity.ConnectivityInspector;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;

/** Whatever set is desired: the plan is what graph theory says, with jgrapht as the second opinion. */
class PlannerPropertiesTest {
    private static final Version HOST = new Version("1.0.0");

    record Edge(int from, int to, boolean required) {}

    record Desired(int size, List<Edge> edges) {
        /** Plugin i offers pi.x; an edge beyond the size leads to a plugin that is not there. */
        List<Candidate> candidates() {
            List<PluginBuilder> plugins = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                plugins.add(PluginBuilder.plugin(name(i)).offers(name(i) + ".x"));
            }
            for (Edge edge : edges) {
                PluginBuilder plugin = plugins.get(edge.from % size);
                if (edge.required) {
                    plugin.needs(name(edge.to) + ".x", "^1.0.0");
                } else {
                    plugin.wants(name(edge.to) + ".x", "^1.0.0");
                }
            }
            return plugins.stream().map(PluginBuilder::candidate).toList();
        }

        private static String name(int number) {
            return "p" + number;
        }
    }

    @Property(tries = 500)
    void doesNotDependOnTheOrderOfTheSet(@ForAll("desired") Desired desired, @ForAll Random random) {
        List<Candidate> candidates = desired.candidates();
        List<Candidate> shuffled = new ArrayList<>(candidates);
        Collections.shuffle(shuffled, random);

        assertThat(Planner.plan(shuffled, HOST)).isEqualTo(Planner.plan(candidates, HOST));
        assertThat(Planner.plan(shuffled, HOST).toString())
                .isEqualTo(Planner.plan(candidates, HOST).toString());
    }

    @Property(tries = 500)
    void putsEachCandidateIntoExactlyOnePlace(@ForAll("desired") Desired desired) {
        List<Candidate> candidates = desired.candidates();
        Plan plan = Planner.plan(candidates, HOST);

        List<PluginId> placed = new ArrayList<>(started(plan));
        placed.addAll(waiting(plan));
        placed.addAll(refused(plan));
        assertThat(placed).containsExactlyInAnyOrderElementsOf(ids(candidates)).doesNotHaveDuplicates();
    }

    @Property(tries = 1000)
    void refusesExactlyTheMembersOfRequiredCycles(@ForAll("desired") Desired desired) {
        List<Candidate> candidates = desired.candidates();
        var graph = required(candidates);
        Set<PluginId> cyclic = new TreeSet<>();
        for (Set<PluginId> component : new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets()) {
            PluginId any = component.iterator().next();
            if (component.size() > 1 || graph.containsEdge(any, any)) {
                cyclic.addAll(component);
            }
        }

        Plan plan = Planner.plan(candidates, HOST);

        assertThat(refused(plan)).isEqualTo(cyclic);
        plan.refused().forEach((plugin, problems) -> assertThat(problems)
                .singleElement()
                .isInstanceOfSatisfying(Problem.DependencyCycle.class, cycle -> {
                    List<PluginId> path = cycle.path();
                    assertThat(path).contains(plugin.id()).startsWith(Collections.min(path));
                    assertThat(path.get(path.size() - 1)).isEqualTo(path.get(0));
                    assertThat(path.subList(1, path.size())).doesNotHaveDuplicates();
                    for (int i = 0; i + 1 < path.size(); i++) {
                        assertThat(graph.containsEdge(path.get(i), path.get(i + 1)))
                                .isTrue();
                    }
                }));
    }

    @Property(tries = 500)
    void letsExactlyThoseWaitThatLeadToAGapOrACycle(@ForAll("desired") Desired desired) {
        List<Candidate> candidates = desired.candidates();
        Plan plan = Planner.plan(candidates, HOST);
        Set<PluginId> there = new HashSet<>(ids(candidates));
        Set<PluginId> stuck = new HashSet<>(refused(plan));
        boolean grown = true;
        while (grown) {
            Set<PluginId> before = Set.copyOf(stuck);
            grown = stuck.addAll(candidates.stream()
                    .filter(candidate -> requiredOf(candidate).stream()
                            .anyMatch(provider -> !there.contains(provider) || before.contains(provider)))
                    .map(candidate -> candidate.manifest().id())
                    .toList());
        }
        stuck.removeAll(refused(plan));

        assertThat(waiting(plan)).isEqualTo(stuck);
    }

    @Property(tries = 500)
    void startsProvidersFirstAndGroupsWhatIsConnected(@ForAll("desired") Desired desired) {
        List<Candidate> candidates = desired.candidates();
        Plan plan = Planner.plan(candidates, HOST);
        Set<PluginId> running = new HashSet<>(started(plan));
        var graph = required(candidates);
        graph.removeAllVertices(
                ids(candidates).stream().filter(id -> !running.contains(id)).toList());

        Map<PluginId, Integer> place = new HashMap<>();
        started(plan).forEach(id -> place.put(id, place.size()));
        graph.edgeSet().forEach(edge -> assertThat(place.get(graph.getEdgeTarget(edge)))
                .isLessThan(place.get(graph.getEdgeSource(edge))));
        assertThat(plan.groups().stream()
                        .map(group -> ids(group.members()).stream().collect(Collectors.toSet()))
                        .collect(Collectors.toSet()))
                .isEqualTo(new HashSet<>(new ConnectivityInspector<>(graph).connectedSets()));
    }

    @Property(tries = 500)
    void neverRefusesOrBlocksForAnOptionalDependency(@ForAll("desired") Desired desired) {
        Desired without = new Desired(
                desired.size(), desired.edges().stream().filter(Edge::required).toList());

        Plan plan = Planner.plan(desired.candidates(), HOST);
        Plan bare = Planner.plan(without.candidates(), HOST);

        assertThat(plan.refused()).isEqualTo(bare.refused());
        assertThat(waiting(plan)).isEqualTo(waiting(bare));
        assertThat(started(plan)).isEqualTo(started(bare));
    }

    @Provide
    Arbitrary<Desired> desired() {
        return Arbitraries.integers().between(1, 14).flatMap(size -> {
            Arbitrary<Edge> edge = Combinators.combine(
                            Arbitraries.integers().between(0, size - 1),
                            Arbitraries.integers().between(0, size + size / 8),
                            Arbitraries.frequency(Tuple.of(3, true), Tuple.of(1, false)))
                    .as(Edge::new);
            return edge.list().ofMaxSize(size + 4).map(edges -> new Desired(size, edges));
        });
    }

    private static List<PluginId> started(Plan plan) {
        return plan.groups().stream()
                .flatMap(group -> group.members().stream())
                .map(member -> member.manifest().id())
                .toList();
    }

    private static Set<PluginId> waiting(Plan plan) {
        return plan.waiting().keySet().stream().map(PluginIdentity::id).collect(Collectors.toSet());
    }

    private static Set<PluginId> refused(Plan plan) {
        return plan.refused().keySet().stream().map(PluginIdentity::id).collect(Collectors.toSet());
    }

    private static List<PluginId> ids(List<Candidate> candidates) {
        return candidates.stream().map(candidate -> candidate.manifest().id()).toList();
    }

    private static List<PluginId> requiredOf(Candidate candidate) {
        return candidate.manifest().dependencies().stream()
                .filter(Dependency::required)
                .map(Dependency::plugin)
                .toList();
    }

    private static DefaultDirectedGraph<PluginId, DefaultEdge> required(List<Candidate> candidates) {
        DefaultDirectedGraph<PluginId, DefaultEdge> graph = new DefaultDirectedGraph<>(DefaultEdge.class);
        ids(candidates).forEach(graph::addVertex);
        candidates.forEach(candidate -> requiredOf(candidate).stream()
                .filter(graph::containsVertex)
                .forEach(provider -> graph.addEdge(candidate.manifest().id(), provider)));
        return graph;
    }
}
