// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.StartProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds among the components of a plugin that do not stand those that it begins with: which need what nobody in the
 * plugin has, or one another in a circle. All others only wait for these.
 */
final class WaitingComponents {
    private static final int SHOWN = 5;

    private final PluginId plugin;
    private final Map<String, Waiting> components = new TreeMap<>();

    WaitingComponents(PluginId plugin, Collection<Waiting> waiting) {
        this.plugin = plugin;
        waiting.forEach(one -> components.merge(one.name(), one, Waiting::and));
    }

    /**
     * A component that does not stand.
     *
     * @param within names of components of the plugin that it waits for
     * @param lack what else it lacks, empty when nothing
     */
    record Waiting(String name, Set<String> within, List<Lack> lack) {
        private Waiting and(Waiting other) {
            Set<String> both = new TreeSet<>(within);
            both.addAll(other.within);
            return new Waiting(name, both, lack.isEmpty() ? other.lack : lack);
        }
    }

    /** What a component lacks, to go on behind its name, and what mends that. */
    record Lack(String words, String remedy) {}

    /** Answers one problem with everything that it begins with; nothing when no component waits. */
    Optional<StartProblem> explain() {
        List<StartProblem> found = new ArrayList<>();
        circle().ifPresent(found::add);
        components.values().forEach(one -> one.lack().forEach(lack -> found.add(root(one.name(), lack))));
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new StartProblem(
                        joined(found.stream().map(StartProblem::message).toList()),
                        joined(found.stream().map(StartProblem::remedy).toList())));
    }

    private static String joined(List<String> sentences) {
        return sentences.stream().distinct().limit(SHOWN).collect(Collectors.joining(" "));
    }

    private StartProblem root(String name, Lack lack) {
        List<String> others = components.keySet().stream()
                .filter(other -> !other.equals(name) && reachable(other).contains(name))
                .map(other -> "'" + other + "'")
                .toList();
        String also = others.isEmpty()
                ? ""
                : others.size() == 1
                        ? "; component " + others.get(0) + " waits for it"
                        : "; components " + String.join(", ", others) + " wait for it";
        return new StartProblem(
                "Component '%s' of plugin '%s' %s%s.".formatted(name, plugin, lack.words(), also), lack.remedy());
    }

    private Optional<StartProblem> circle() {
        return components.keySet().stream()
                .filter(name -> reachable(name).contains(name))
                .findFirst()
                .map(name -> new StartProblem(
                        "Components of plugin '%s' need each other in a circle: %s."
                                .formatted(plugin, String.join(" -> ", way(name))),
                        "Make one of these references optional and dynamic."));
    }

    /** The shortest way from a component back to itself. */
    private List<String> way(String name) {
        Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(name)));
        Set<String> seen = new TreeSet<>();
        while (!ways.isEmpty()) {
            List<String> way = ways.remove();
            for (String next : within(way.get(way.size() - 1))) {
                List<String> longer = new ArrayList<>(way);
                longer.add(next);
                if (next.equals(name)) {
                    return longer;
                }
                if (seen.add(next)) {
                    ways.add(longer);
                }
            }
        }
        return List.of(name);
    }

    /** All that a component waits for, directly and through others; itself only when it is in a circle. */
    private Set<String> reachable(String name) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            within(open.remove()).stream().filter(found::add).forEach(open::add);
        }
        return found;
    }

    private List<String> within(String name) {
        Waiting waiting = components.get(name);
        Predicate<String> waits = components::containsKey;
        return waiting == null
                ? List.of()
                : waiting.within().stream().filter(waits).toList();
    }
}
