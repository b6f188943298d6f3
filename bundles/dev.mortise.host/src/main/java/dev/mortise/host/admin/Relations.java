// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.admin.PluginGraph;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Version;
import dev.mortise.rules.semver.SemverRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who needs whom, and whether they get it. */
record Relations(HostSnapshot snapshot) {
    /** Answers the plugins that run or are coming up and need this one. */
    List<PluginId> dependents(PluginId id) {
        return snapshot.plugins().values().stream()
                .flatMap(List::stream)
                .filter(view -> (view.current() || comes(view)) && needs(view, id))
                .map(VersionView::id)
                .filter(dependent -> !dependent.equals(id))
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean comes(VersionView view) {
        return switch (view.state()) {
            case RESOLVED, MIGRATING, STARTING -> true;
            default -> false;
        };
    }

    /** Answers the versions of a plugin that serve side by side, the one that speaks for it first. */
    List<VersionView> together(VersionView speaker) {
        return Stream.concat(
                        Stream.of(speaker),
                        snapshot.plugins().getOrDefault(speaker.id(), List.of()).stream()
                                .filter(view -> view.current() && !view.digest().equals(speaker.digest())))
                .toList();
    }

    PluginGraph graph() {
        List<PluginGraph.Node> nodes = snapshot.speakers().stream()
                .map(view ->
                        new PluginGraph.Node(view.id().value(), view.version().text(), view.state()))
                .toList();
        List<PluginGraph.Edge> edges = snapshot.speakers().stream()
                .flatMap(view -> together(view).stream())
                .flatMap(view -> dependencies(view).stream().map(dependency -> edge(view, dependency)))
                .distinct()
                .toList();
        return new PluginGraph(nodes, edges);
    }

    /** Answers the version of the service that serves a dependency now, here or elsewhere. */
    Optional<Version> resolved(Dependency dependency) {
        return Stream.concat(here(dependency), elsewhere(dependency))
                .filter(version -> SemverRange.read(dependency.range()) instanceof SemverRange.Reading.Good good
                        && good.range().admits(version))
                .max(Version::compareTo);
    }

    private Stream<Version> here(Dependency dependency) {
        return snapshot.plugins().getOrDefault(dependency.plugin(), List.of()).stream()
                .filter(view -> view.current() && view.state().serves())
                .flatMap(view -> view.manifest().stream())
                .flatMap(manifest -> manifest.services().stream()
                        .filter(service -> service.name().equals(dependency.service()))
                        .map(service -> service.version()));
    }

    private Stream<Version> elsewhere(Dependency dependency) {
        return Optional.ofNullable(snapshot.elsewhere().get(dependency.service()))
                .filter(held -> held.owner().equals(dependency.plugin()))
                .stream()
                .flatMap(held -> held.versions().stream());
    }

    static List<Dependency> dependencies(VersionView view) {
        return view.manifest().map(manifest -> manifest.dependencies()).orElse(List.of());
    }

    /** Words a list of plugins. */
    static String words(List<PluginId> plugins) {
        return plugins.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    }

    private static boolean needs(VersionView view, PluginId provider) {
        return dependencies(view).stream()
                .anyMatch(dependency ->
                        dependency.required() && dependency.plugin().equals(provider));
    }

    private PluginGraph.Edge edge(VersionView from, Dependency dependency) {
        return new PluginGraph.Edge(
                from.id().value(),
                dependency.plugin().value(),
                dependency.service().value(),
                dependency.range().text(),
                dependency.required(),
                resolved(dependency).isPresent());
    }
}
