// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All artifacts that are here: lying in the folder, running, or ending. Lives on the sequencer's thread. */
final class Rows {
    private final Clock clock;
    private final Map<Digest, Row> rows = new LinkedHashMap<>();
    private final Map<PluginId, Set<Row>> byPlugin = new TreeMap<>();

    Rows(Clock clock) {
        this.clock = clock;
    }

    Collection<Row> all() {
        return List.copyOf(rows.values());
    }

    Optional<Row> find(Digest digest) {
        return Optional.ofNullable(rows.get(digest));
    }

    List<Row> of(PluginId plugin) {
        return List.copyOf(byPlugin.getOrDefault(plugin, Set.of()));
    }

    Optional<Row> current(PluginId plugin) {
        return of(plugin).stream().filter(Row::current).findFirst();
    }

    /** Answers what is switched in, by plugin. */
    Map<PluginId, Row> current() {
        Map<PluginId, Row> current = new TreeMap<>();
        rows.values().stream().filter(Row::current).forEach(row -> current.put(row.id(), row));
        return current;
    }

    Map<PluginId, Incumbent> incumbents() {
        Map<PluginId, Incumbent> incumbents = new TreeMap<>();
        current()
                .forEach((plugin, row) ->
                        incumbents.put(plugin, new Incumbent(row.artifact(), row.paths(), goesOn(row))));
        return incumbents;
    }

    /** One that is only unwell for a while is not to be broken meanwhile. */
    private static boolean goesOn(Row row) {
        return row.serves() || (row.stands() && row.impairment().isPresent());
    }

    /** Answers what failed, and why. */
    Map<Digest, Problem> blocked() {
        Map<Digest, Problem> blocked = new HashMap<>();
        rows.values().stream()
                .filter(Row::failed)
                .forEach(row ->
                        blocked.put(row.artifact().digest(), row.problems().get(0)));
        return blocked;
    }

    /** Takes in what lies in the folder now; what neither lies there nor runs nor is being rewritten is forgotten. */
    void sync(Map<Path, Jar> jars) {
        Map<Digest, Set<Path>> lying = new HashMap<>();
        jars.forEach((path, jar) -> jar.artifact().ifPresent(artifact -> {
            if (!rows.containsKey(artifact.digest())) {
                put(new Row(artifact, clock));
            }
            lying.computeIfAbsent(artifact.digest(), digest -> new TreeSet<>()).add(path);
        }));
        all().stream()
                .filter(row -> !lying.containsKey(row.artifact().digest()) && !alive(row) && !rewritten(row, jars))
                .forEach(this::remove);
        // the last known place of a running version that no longer lies there still tells whether its file is rewritten
        lying.forEach((digest, paths) -> Known.get(rows, digest).liesAt(paths));
    }

    /** Forgets an artifact that neither lies in the folder nor runs; begins anew with one that still lies there. */
    void dropUnlessLying(Row row, Map<Path, Jar> jars) {
        Artifact artifact = row.artifact();
        boolean lying = jars.values().stream()
                .flatMap(jar -> jar.artifact().stream())
                .anyMatch(other -> other.digest().equals(artifact.digest()));
        remove(row);
        if (lying || rewritten(row, jars)) {
            Row fresh = new Row(artifact, clock);
            fresh.liesAt(row.paths());
            put(fresh);
        }
    }

    /** Answers what is kept although its file holds something else now. */
    Set<Artifact> rewritten(Map<Path, Jar> jars) {
        return rows.values().stream()
                .filter(row -> rewritten(row, jars))
                .map(Row::artifact)
                .collect(Collectors.toSet());
    }

    /** A file that is being written, or is no plugin at all, takes nothing away. */
    private static boolean rewritten(Row row, Map<Path, Jar> jars) {
        return row.paths().stream()
                .anyMatch(path ->
                        jars.containsKey(path) && Known.get(jars, path).plugin().isEmpty());
    }

    private void put(Row row) {
        rows.put(row.artifact().digest(), row);
        byPlugin.computeIfAbsent(row.id(), id -> new LinkedHashSet<>()).add(row);
    }

    private void remove(Row row) {
        rows.remove(row.artifact().digest(), row);
        Optional.ofNullable(byPlugin.get(row.id())).ifPresent(others -> others.remove(row));
    }

    private static boolean alive(Row row) {
        return row.current() || row.running().isPresent();
    }
}
