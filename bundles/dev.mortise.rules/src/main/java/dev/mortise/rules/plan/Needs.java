// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Every declared dependency of the set, with what stands against it as far as declarations alone can say. */
final class Needs {
    private final Map<PluginIdentity, List<Need>> byPlugin;

    private Needs(Map<PluginIdentity, List<Need>> byPlugin) {
        this.byPlugin = byPlugin;
    }

    /**
     * One dependency.
     *
     * @param providers the versions that could serve it, the highest first; where the range admits none, the highest
     *     version of the owner; none where there is no owner, or another one than the dependency names
     * @param elsewhere whether an instance elsewhere offers what the range admits: then it is served, whatever the providers do
     * @param problem why it can't be served by what the set declares
     */
    record Need(
            PluginId plugin,
            int index,
            Dependency dependency,
            List<PluginIdentity> providers,
            boolean elsewhere,
            Optional<Problem> problem) {
        /** One against which something stands. */
        Need(PluginId plugin, int index, Dependency dependency, List<PluginIdentity> providers, Problem problem) {
            this(plugin, index, dependency, providers, false, Optional.of(problem));
        }
    }

    static Needs of(Collection<Candidate> candidates, Offers offers, Ranges ranges) {
        Map<PluginIdentity, List<Need>> byPlugin = new TreeMap<>();
        for (Candidate candidate : candidates) {
            List<Need> needs = new ArrayList<>();
            for (Dependency dependency : candidate.manifest().dependencies()) {
                needs.add(judge(candidate.manifest().id(), needs.size(), dependency, offers, ranges));
            }
            byPlugin.put(candidate.identity(), needs);
        }
        return new Needs(byPlugin);
    }

    List<Need> of(PluginIdentity plugin) {
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
        Map<PluginIdentity, List<PluginIdentity>> edges = new TreeMap<>();
        byPlugin.forEach((plugin, needs) -> edges.put(
                plugin,
                needs.stream()
                        .filter(taken)
                        .flatMap(need -> need.providers().stream())
                        .sorted()
                        .distinct()
                        .toList()));
        return new Graph(edges);
    }

    private static Need judge(PluginId plugin, int index, Dependency dependency, Offers offers, Ranges ranges) {
        Optional<PluginId> foreign =
                offers.owner(dependency.service()).filter(owner -> !owner.equals(dependency.plugin()));
        if (foreign.isPresent()) {
            Problem wrong = new Problem.WrongOwner(plugin, dependency, index, foreign.get());
            return new Need(plugin, index, dependency, List.of(), wrong);
        }
        Optional<Offers.Offer> offer = offers.find(dependency.service());
        Set<Version> others = offers.elsewhere(dependency.service());
        boolean elsewhere = others.stream().anyMatch(version -> ranges.admits(dependency.range(), version));
        List<PluginIdentity> admitted = offer.map(one -> one.by(version -> ranges.admits(dependency.range(), version)))
                .orElseGet(List::of);
        if (elsewhere || !admitted.isEmpty()) {
            return new Need(plugin, index, dependency, admitted, elsewhere, Optional.empty());
        }
        if (offer.isPresent()) {
            Offers.Version highest = offer.get().highest();
            Problem mismatch = new Problem.VersionMismatch(plugin, dependency, index, highest.offered());
            return new Need(plugin, index, dependency, List.of(highest.by()), mismatch);
        }
        return new Need(plugin, index, dependency, List.of(), missing(plugin, index, dependency, offers, others));
    }

    private static Problem missing(
            PluginId plugin, int index, Dependency dependency, Offers offers, Set<Version> elsewhere) {
        Optional<Problem> mismatch = elsewhere.stream()
                .max(Comparator.naturalOrder())
                .map(highest -> new Problem.VersionMismatch(plugin, dependency, index, highest));
        return mismatch.or(() -> offers.plugin(dependency.plugin())
                        .map(provider -> Problem.NotOffered.by(provider, plugin, dependency, index)))
                .orElseGet(() -> new Problem.MissingDependency(plugin, dependency, index));
    }
}
