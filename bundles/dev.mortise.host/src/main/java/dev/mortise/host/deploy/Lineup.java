// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The versions of each plugin that could run, the most wanted first: releases before pre-releases, higher before lower,
 * and at the end the one that runs although its jar was replaced by one that may not come up.
 *
 * @param refused artifacts that may not run beside or instead of what is there: the same release with other content, and
 *     lower versions
 */
record Lineup(Map<PluginId, List<Artifact>> options, Map<Digest, Problem> refused) {
    /**
     * Makes the line-up.
     *
     * @param rewritten known artifacts whose file is being written, or is no plugin any more
     */
    static Lineup of(Map<Path, Jar> jars, Set<Artifact> rewritten, Map<PluginId, Incumbent> incumbents) {
        Lineup lineup = new Lineup(new TreeMap<>(), new HashMap<>());
        lying(jars).forEach((plugin, found) -> {
            Optional<Incumbent> incumbent = Optional.ofNullable(incumbents.get(plugin));
            List<Found> admitted = incumbent
                    .map(known -> lineup.withoutDowngrades(found, known))
                    .orElse(found);
            lineup.add(plugin, withoutTwins(admitted, incumbent, lineup.refused));
        });
        rewritten.forEach(artifact -> lineup.add(artifact.id(), List.of(artifact)));
        lineup.options.values().forEach(artifacts -> artifacts.sort(mostWantedFirst()));
        incumbents.forEach((plugin, incumbent) -> {
            if (stillWanted(plugin, incumbent, jars)) {
                lineup.add(plugin, List.of(incumbent.artifact()));
            }
        });
        lineup.options.values().removeIf(List::isEmpty);
        return lineup;
    }

    private void add(PluginId plugin, List<Artifact> more) {
        List<Artifact> known = options.computeIfAbsent(plugin, id -> new ArrayList<>());
        more.stream()
                .filter(artifact -> known.stream().noneMatch(other -> same(artifact, other)))
                .forEach(known::add);
    }

    /** A jar that was overwritten by one of a lower version is a mistake until somebody says otherwise. */
    private List<Found> withoutDowngrades(List<Found> found, Incumbent incumbent) {
        Artifact running = incumbent.artifact();
        boolean settled = incumbent.serves() && !running.manifest().version().preRelease();
        List<Found> lower = found.stream()
                .filter(next ->
                        settled && incumbent.paths().contains(next.jar().file().path()))
                .filter(next -> isLower(next.artifact(), running))
                .toList();
        lower.forEach(next -> refused.put(next.artifact().digest(), downgrade(next.artifact(), running)));
        return found.stream().filter(next -> !lower.contains(next)).toList();
    }

    private static boolean isLower(Artifact one, Artifact other) {
        return one.manifest().version().compareTo(other.manifest().version()) < 0;
    }

    private static Problem downgrade(Artifact lower, Artifact running) {
        return new Problem.Clash(
                lower.id(),
                lower.id(),
                "%s is lower than %s, which runs. Raise the version, or remove the jar first."
                        .formatted(lower.identity(), running.manifest().version()),
                "Raise the version, or remove the jar, wait until '%s' is gone, and drop it again."
                        .formatted(lower.id()));
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
        return byVersion.values().stream().map(Found::artifact).toList();
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
        return Comparator.<Found, Instant>comparing(found -> found.jar().file().since())
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
