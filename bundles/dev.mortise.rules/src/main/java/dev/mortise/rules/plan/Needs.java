// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Every declared dependency of the set, with what stands against it as far as declarations alone can say. */
final class Needs {
    private final Map<PluginId, List<Need>> byPlugin;

    private Needs(Map<PluginId, List<Need>> byPlugin) {
        this.byPlugin = byPlugin;
    }

    /**
     * One dependency.
     *
     * @param provided whether the plugin that it names owns the service, in whatever version
     * @param problem why it can't be served by what the set declares
     */
    record Need(PluginId plugin, int index, Dependency dependency, boolean provided, Optional<Problem> problem) {
        PluginId provider() {
            return dependency.plugin();
        }
    }

    static Needs of(Collection<Candidate> candidates, Offers offers, Ranges ranges) {
        Map<PluginId, List<Need>> byPlugin = new TreeMap<>();
        for (Candidate candidate : candidates) {
            List<Need> needs = new ArrayList<>();
            for (Dependency dependency : candidate.manifest().dependencies()) {
                needs.add(judge(candidate.manifest().id(), needs.size(), dependency, offers, ranges));
            }
            byPlugin.put(candidate.manifest().id(), needs);
        }
        return new Needs(byPlugin);
    }

    List<Need> of(PluginId plugin) {
        return byPlugin.getOrDefault(plugin, List.of());
    }

    /** Answers who needs whom by required dependencies; in which version does not matter to a cycle. */
    Graph requiredGraph() {
        return graph(need -> need.dependency().required());
    }

    /** Answers who needs whom by any dependency. */
    Graph wholeGraph() {
        return graph(need -> true);
    }

    private Graph graph(Predicate<Need> taken) {
        Map<PluginId, List<PluginId>> edges = new TreeMap<>();
        byPlugin.forEach((plugin, needs) -> edges.put(
                plugin,
                needs.stream()
                        .filter(need -> need.provided() && taken.test(need))
                        .map(Need::provider)
                        .sorted()
                        .distinct()
                        .toList()));
        return new Graph(edges);
    }

    private static Need judge(PluginId plugin, int index, Dependency dependency, Offers offers, Ranges ranges) {
        Optional<Offers.Offer> offer = offers.find(dependency.service());
        if (offer.isEmpty()) {
            Problem missing = offers.plugin(dependency.plugin())
                    .<Problem>map(provider -> Problem.NotOffered.by(provider, plugin, dependency, index))
                    .orElseGet(() -> new Problem.MissingDependency(plugin, dependency, index));
            return new Need(plugin, index, dependency, false, Optional.of(missing));
        }
        PluginId owner = offer.get().owner();
        if (!owner.equals(dependency.plugin())) {
            Problem wrong = new Problem.WrongOwner(plugin, dependency, index, owner);
            return new Need(plugin, index, dependency, false, Optional.of(wrong));
        }
        List<Version> versions = offer.get().versions();
        if (versions.stream().anyMatch(version -> ranges.admits(dependency.range(), version))) {
            return new Need(plugin, index, dependency, true, Optional.empty());
        }
        Version highest = versions.stream().max(Comparator.naturalOrder()).orElseThrow();
        Problem mismatch = new Problem.VersionMismatch(plugin, dependency, index, highest);
        return new Need(plugin, index, dependency, true, Optional.of(mismatch));
    }
}
