// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The versions of each plugin that could run, the most wanted first: releases before pre-releases, higher before lower,
 * and at the end the one that runs although its jar was replaced by one that may not come up.
 *
 * @param twins artifacts that are refused because the same release is there with other content
 */
record Lineup(Map<PluginId, List<Artifact>> options, Map<Digest, Problem> twins) {
    static Lineup of(Map<Path, Jar> jars, Map<PluginId, Incumbent> incumbents) {
        Map<Digest, Problem> twins = new HashMap<>();
        Map<PluginId, List<Artifact>> options = new TreeMap<>();
        lying(jars).forEach((plugin, found) -> {
            List<Artifact> single = withoutTwins(found, Optional.ofNullable(incumbents.get(plugin)), twins);
            options.put(plugin, new ArrayList<>(single));
        });
        incumbents.forEach((plugin, incumbent) -> {
            List<Artifact> known = options.getOrDefault(plugin, List.of());
            boolean listed = known.stream().anyMatch(artifact -> same(artifact, incumbent.artifact()));
            if (!listed && stillWanted(plugin, incumbent, jars)) {
                options.computeIfAbsent(plugin, id -> new ArrayList<>()).add(incumbent.artifact());
            }
        });
        options.values().removeIf(List::isEmpty);
        return new Lineup(options, twins);
    }

    /** An artifact and the jar that it came from. */
    private record Found(Artifact artifact, Jar jar) {}

    private static Map<PluginId, List<Found>> lying(Map<Path, Jar> jars) {
        Map<PluginId, List<Found>> found = new TreeMap<>();
        jars.values().forEach(jar -> jar.artifact()
                .ifPresent(artifact -> found.computeIfAbsent(artifact.id(), id -> new ArrayList<>())
                        .add(new Found(artifact, jar))));
        return found;
    }

    private static List<Artifact> withoutTwins(
            List<Found> found, Optional<Incumbent> incumbent, Map<Digest, Problem> twins) {
        Map<String, Found> byVersion = new LinkedHashMap<>();
        found.stream().sorted(firstSeenFirst()).forEach(next -> {
            String version = next.artifact().manifest().version().text();
            Optional<Artifact> running = incumbent
                    .map(Incumbent::artifact)
                    .filter(artifact -> artifact.manifest().version().text().equals(version));
            boolean preRelease = next.artifact().manifest().version().preRelease();
            Found first = byVersion.get(version);
            if (!preRelease && running.isPresent() && !same(running.get(), next.artifact())) {
                twins.put(next.artifact().digest(), twin(next, running.get(), "in " + places(incumbent)));
            } else if (first == null || preRelease) {
                byVersion.put(version, next);
            } else if (!same(first.artifact(), next.artifact())) {
                twins.put(
                        next.artifact().digest(),
                        twin(next, first.artifact(), "in " + first.jar().file().path()));
            }
        });
        return byVersion.values().stream()
                .map(Found::artifact)
                .sorted(mostWantedFirst())
                .toList();
    }

    private static String places(Optional<Incumbent> incumbent) {
        return incumbent.stream()
                        .flatMap(known -> known.paths().stream())
                        .map(Path::toString)
                        .sorted()
                        .collect(Collectors.joining(", "))
                + " and runs";
    }

    private static Comparator<Found> firstSeenFirst() {
        return Comparator.<Found, java.time.Instant>comparing(
                        found -> found.jar().file().since())
                .thenComparing(found -> found.jar().file().path());
    }

    private static Comparator<Artifact> mostWantedFirst() {
        return Comparator.<Artifact, Boolean>comparing(
                        artifact -> artifact.manifest().version().preRelease())
                .thenComparing(artifact -> artifact.manifest().version(), Comparator.reverseOrder())
                .thenComparing(artifact -> artifact.digest().hex());
    }

    private static Problem twin(Found refused, Artifact first, String where) {
        return new Problem.Clash(
                refused.artifact().id(),
                first.id(),
                "%s is already here with other content (sha256 %s…). Raise the version."
                        .formatted(first.identity(), first.digest().shortHex()),
                "Raise the version: the first one has sha256 %s %s, %s has sha256 %s."
                        .formatted(
                                first.digest(),
                                where,
                                refused.jar().file().path(),
                                refused.artifact().digest()));
    }

    /**
     * A version runs on while any jar speaks of its plugin, and while the file that it came from is being written or is
     * no plugin at all: a bad file takes nothing down, a removed one does.
     */
    private static boolean stillWanted(PluginId plugin, Incumbent incumbent, Map<Path, Jar> jars) {
        return jars.values().stream()
                .anyMatch(jar -> jar.plugin().isPresent()
                        ? jar.plugin().get().equals(plugin)
                        : incumbent.paths().contains(jar.file().path()));
    }

    private static boolean same(Artifact one, Artifact other) {
        return one.digest().equals(other.digest());
    }
}
