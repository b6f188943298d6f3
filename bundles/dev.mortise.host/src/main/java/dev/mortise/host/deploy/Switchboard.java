// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.services.JarFiles;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.AuthContributions;
import dev.mortise.kernel.port.PluginFiles;
import dev.mortise.kernel.port.Routing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells gateway and security what changed since it told them last: one change for everything that belongs together. */
final class Switchboard {
    private final Routing routing;
    private final Supplier<Optional<AuthContributions>> security;
    private final Map<PluginId, List<Line>> told = new HashMap<>();
    private final Map<PluginId, Judges> judges = new HashMap<>();
    private Set<PluginId> expected = Set.of();
    private List<Line> probing = List.of();

    Switchboard(Routing routing, Supplier<Optional<AuthContributions>> security) {
        this.routing = routing;
        this.security = security;
    }

    /** What is to be known of one plugin. */
    record Line(
            PluginManifest manifest,
            Digest digest,
            PluginState state,
            String reason,
            Instant since,
            boolean authenticates,
            Optional<Contribution> serving) {
        static Line of(Row row) {
            boolean comes = row.onItsWay();
            return new Line(
                    row.artifact().manifest(),
                    row.artifact().digest(),
                    comes ? PluginState.STARTING : row.state(),
                    comes ? coming(row) : row.reason(),
                    row.since(),
                    row.artifact().authenticates(),
                    row.serves() ? row.contribution() : Optional.empty());
        }

        /** One that was switched in already comes back. */
        private static String coming(Row row) {
            return "Plugin '" + row.id() + (row.current() ? "' is being restarted." : "' is starting.");
        }

        /** Answers how a version that stands ready would be known. */
        static Line ready(Row row) {
            return new Line(
                    row.artifact().manifest(),
                    row.artifact().digest(),
                    PluginState.READY,
                    "",
                    row.since(),
                    row.artifact().authenticates(),
                    row.contribution());
        }

        /** The time of a change that nobody sees is no change. */
        boolean saysTheSame(Line other) {
            return digest.equals(other.digest)
                    && state == other.state
                    && reason.equals(other.reason)
                    && serving.equals(other.serving);
        }

        Routing.Entry entry() {
            ClassLoader loader = serving.map(Contribution::loader).orElse(Switchboard.class.getClassLoader());
            return new Routing.Entry(
                    manifest,
                    digest,
                    state,
                    reason,
                    since,
                    serving.map(Contribution::location)
                            .orElseGet(() -> manifest.runtime().preferred()),
                    loader,
                    serving.<PluginFiles>map(own -> new JarFiles(own.loader())).orElse(name -> Optional.empty()),
                    serving.map(Contribution::routes).orElse(List.of()),
                    serving.map(Contribution::tools).orElse(Routing.Tools.NONE));
        }
    }

    /** Shows what stands ready beside what is switched in to those that stand ready too. */
    void probe(List<Line> candidates) {
        if (!sayTheSame(probing, candidates)) {
            routing.probe(candidates.stream().map(Line::entry).toList());
            probing = List.copyOf(candidates);
        }
    }

    private static boolean sayTheSame(List<Line> before, List<Line> now) {
        return before.size() == now.size()
                && IntStream.range(0, now.size()).allMatch(i -> now.get(i).saysTheSame(before.get(i)));
    }

    private record Judges(PluginIdentity plugin, Contribution contribution) {}

    /**
     * Makes everybody know these plugins in these states, and no others.
     *
     * @param lines by plugin, the version that speaks for it first
     */
    void show(Map<PluginId, List<Line>> lines) {
        Map<PluginId, List<Line>> news = new TreeMap<>();
        lines.forEach((plugin, versions) -> {
            if (!sayTheSame(told.getOrDefault(plugin, List.of()), versions)) {
                news.put(plugin, versions);
            }
        });
        Set<PluginId> gone = new TreeSet<>(told.keySet());
        gone.removeAll(lines.keySet());
        if (!news.isEmpty() || !gone.isEmpty()) {
            List<Routing.Entry> put = news.values().stream()
                    .flatMap(List::stream)
                    .map(Line::entry)
                    .toList();
            routing.apply(new Routing.Change(put, gone));
            // only now: what a failed change told is told again
            told.putAll(news);
            told.keySet().removeAll(gone);
        }
        security.get().ifPresent(this::showJudges);
    }

    /** Forgets what was told of judges: security is new and knows nothing. */
    void securityIsNew() {
        judges.clear();
    }

    /** Who judges is expected before it goes and until it has come: at no instant is nobody asked and nobody expected. */
    private void showJudges(AuthContributions contributions) {
        Set<PluginId> absent = told.entrySet().stream()
                .filter(entry -> entry.getValue().get(0).authenticates()
                        && entry.getValue().get(0).serving().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<PluginId> meanwhile = new TreeSet<>(absent);
        meanwhile.addAll(expected);
        contributions.expect(meanwhile);
        replaceJudges(contributions);
        contributions.expect(absent);
        expected = absent;
    }

    private void replaceJudges(AuthContributions contributions) {
        told.forEach((plugin, lines) -> {
            Line line = lines.get(0);
            Optional<Judges> wanted = line.serving()
                    .filter(serving -> !serving.authenticators().isEmpty()
                            || !serving.authorizers().isEmpty())
                    .map(serving -> new Judges(line.manifest().identity(), serving));
            if (!wanted.equals(Optional.ofNullable(judges.get(plugin)))) {
                replace(plugin, wanted, contributions);
            }
        });
        Set<PluginId> gone = new TreeSet<>(judges.keySet());
        gone.removeAll(told.keySet());
        gone.forEach(plugin -> replace(plugin, Optional.empty(), contributions));
    }

    private void replace(PluginId plugin, Optional<Judges> wanted, AuthContributions contributions) {
        Judges before = judges.remove(plugin);
        if (wanted.isPresent()) {
            Contribution contribution = wanted.get().contribution();
            contributions.put(wanted.get().plugin(), contribution.authenticators(), contribution.authorizers());
            judges.put(plugin, wanted.get());
        } else if (before != null) {
            contributions.remove(before.plugin());
        }
    }
}
