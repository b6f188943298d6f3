// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.rules.semver.SemverRange;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What plugins require, looked for in what is switched in: in the order, by the rules and in the words of the planner, which
 * decides the same of plugins that are deployed here, before anything of them is switched in.
 */
record RequiredServices(RoutingSnapshot snapshot) {
    /** Answers the first required dependency that nobody serves, if there is one. */
    Optional<Problem> missing(PluginManifest manifest) {
        int index = 0;
        for (Dependency dependency : manifest.dependencies()) {
            Optional<Problem> problem =
                    dependency.required() ? missing(manifest.id(), dependency, index) : Optional.empty();
            if (problem.isPresent()) {
                return problem;
            }
            index++;
        }
        return Optional.empty();
    }

    private Optional<Problem> missing(PluginId plugin, Dependency dependency, int index) {
        List<ServiceMount> all = snapshot.service(dependency.service().value());
        List<ServiceMount> offered = all.stream()
                .filter(mount -> mount.plugin().id().equals(dependency.plugin().value()))
                .toList();
        if (offered.isEmpty()) {
            return Optional.of(
                    all.isEmpty() ? nobody(plugin, dependency, index) : foreign(plugin, dependency, index, all));
        }
        List<ServiceMount> admitted = offered.stream()
                .filter(mount -> admits(dependency, mount.declaration().version()))
                .toList();
        if (admitted.isEmpty()) {
            Version highest = offered.stream()
                    .map(mount -> mount.declaration().version())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return Optional.of(new Problem.VersionMismatch(plugin, dependency, index, highest));
        }
        return admitted.stream().anyMatch(ServiceMount::serves)
                ? Optional.empty()
                : Optional.of(idle(plugin, dependency, index, admitted.get(0).plugin()));
    }

    private static boolean admits(Dependency dependency, Version version) {
        return SemverRange.read(dependency.range()) instanceof SemverRange.Reading.Good good
                && good.range().admits(version);
    }

    private Problem nobody(PluginId plugin, Dependency dependency, int index) {
        String provider = dependency.plugin().value();
        return Stream.concat(snapshot.versions(provider).stream(), snapshot.elsewhereOf(provider).stream())
                .map(Mounted::manifest)
                .findFirst()
                .<Problem>map(here -> Problem.NotOffered.by(here, plugin, dependency, index))
                .orElseGet(() -> new Problem.MissingDependency(plugin, dependency, index));
    }

    private static Problem foreign(PluginId plugin, Dependency dependency, int index, List<ServiceMount> all) {
        return new Problem.WrongOwner(
                plugin,
                dependency,
                index,
                all.get(0).plugin().entry().manifest().id());
    }

    /** What is said of an instance elsewhere may name its address, which is nothing for callers. */
    private static Problem idle(PluginId plugin, Dependency dependency, int index, PluginMount provider) {
        String reason =
                provider.place() instanceof Place.Here ? provider.entry().reason() : "";
        return new Problem.ProviderNotReady(
                plugin, dependency, index, provider.entry().state(), reason);
    }
}
