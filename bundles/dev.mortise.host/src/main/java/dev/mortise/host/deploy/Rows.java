// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How everything stands that is wanted, runs or is ending. Lives on the sequencer's thread. */
final class Rows {
    private static final Logger LOG = LoggerFactory.getLogger(Rows.class);

    private final Clock clock;
    private final Map<Digest, Row> rows = new LinkedHashMap<>();
    private final Map<PluginId, Set<Row>> byPlugin = new TreeMap<>();

    private List<Object> placedFrom = List.of();

    Rows(Clock clock) {
        this.clock = clock;
    }

    Collection<Row> all() {
        return List.copyOf(rows.values());
    }

    /** Takes a step for each; a broken assumption about one plugin must not keep all others from being deployed. */
    void each(Consumer<Row> step) {
        for (Row row : all()) {
            try {
                step.accept(row);
            } catch (IllegalStateException e) {
                LOG.error(
                        "plugin={} can't go on. Please report this.",
                        row.artifact().identity(),
                        e);
            }
        }
    }

    Optional<Row> find(Digest digest) {
        return Optional.ofNullable(rows.get(digest));
    }

    List<Row> of(PluginId plugin) {
        return List.copyOf(byPlugin.getOrDefault(plugin, Set.of()));
    }

    /** Answers the versions of a plugin that are switched in: those that serve first, the highest first. */
    List<Row> current(PluginId plugin) {
        return of(plugin).stream()
                .filter(Row::current)
                .sorted(Comparator.comparing((Row row) -> !row.serves())
                        .thenComparing(Row::artifact, Wish.MOST_WANTED_FIRST))
                .toList();
    }

    /** Answers everything that is switched in. */
    List<Row> current() {
        return rows.values().stream().filter(Row::current).toList();
    }

    Map<Digest, Incumbent> incumbents() {
        Map<Digest, Incumbent> incumbents = new HashMap<>();
        rows.values().stream()
                .filter(row -> row.current() || row.returning())
                .forEach(row -> incumbents.put(
                        row.artifact().digest(), new Incumbent(row.artifact(), row.returning() || goesOn(row))));
        return incumbents;
    }

    /** Answers what ran when the container ended and is not back yet, where another version would come else. */
    Set<Digest> returning(Wants wants) {
        return rows.values().stream()
                .filter(Row::returning)
                .filter(row -> wants.of(row.id()).size() > 1)
                .map(row -> row.artifact().digest())
                .collect(Collectors.toSet());
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

    /** Takes in what is wanted now, and forgets what is neither wanted nor runs. */
    void sync(Wants wants) {
        for (Wish wish : wants.all()) {
            if (!rows.containsKey(wish.artifact().digest())) {
                put(new Row(wish, clock));
            }
        }
        rows.values().stream()
                .filter(row -> wants.find(row.artifact().digest()).isEmpty() && !row.alive())
                .toList()
                .forEach(this::remove);
    }

    /** Says of each in which files of the folder it lies; what was overwritten still has its place. */
    void lie(Wants wants, FolderOrders inbox) {
        List<Object> from = List.of(wants.changes(), inbox.looks(), rows.size());
        if (from.equals(placedFrom)) {
            return;
        }
        placedFrom = from;
        Map<Digest, Set<Path>> places = new HashMap<>();
        inbox.handled().forEach((path, digest) -> places.computeIfAbsent(digest, key -> new TreeSet<>())
                .add(path));
        wants.all().forEach(wish -> wish.source()
                .ifPresent(path -> places.computeIfAbsent(wish.artifact().digest(), key -> Set.of(path))));
        rows.forEach((digest, row) -> row.liesAt(places.getOrDefault(digest, Set.of())));
    }

    /** Forgets a run that never switched in; where it is still wanted, it begins anew. */
    void renew(Row row, Wants wants) {
        remove(row);
        wants.find(row.artifact().digest()).ifPresent(wish -> {
            Row fresh = new Row(wish, clock);
            fresh.liesAt(row.paths());
            put(fresh);
        });
    }

    private void put(Row row) {
        rows.put(row.artifact().digest(), row);
        byPlugin.computeIfAbsent(row.id(), id -> new LinkedHashSet<>()).add(row);
    }

    private void remove(Row row) {
        rows.remove(row.artifact().digest(), row);
        Set<Row> others = byPlugin.getOrDefault(row.id(), new LinkedHashSet<>());
        others.remove(row);
        if (others.isEmpty()) {
            byPlugin.remove(row.id());
        }
    }
}
