// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.AuthContributions;
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

/** Tells gateway and security what changed since it told them last: one change for everything that belongs together. */
final class Switchboard {
    private final Routing routing;
    private final Supplier<Optional<AuthContributions>> security;
    private final Map<PluginId, Line> told = new HashMap<>();
    private final Map<PluginId, Judges> judges = new HashMap<>();
    private Set<PluginId> expected = Set.of();

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
                    comes ? "Plugin '" + row.id() + "' is starting." : row.reason(),
                    row.since(),
                    row.artifact().authenticates(),
                    row.serves() ? row.contribution() : Optional.empty());
        }

        /** The time of a change that nobody sees is no change. */
        boolean saysTheSame(Line other) {
            return digest.equals(other.digest)
                    && state == other.state
                    && reason.equals(other.reason)
                    && serving.equals(other.serving);
        }

        Routing.Entry entry() {
            return new Routing.Entry(
                    manifest,
                    digest,
                    state,
                    reason,
                    since,
                    serving.map(Contribution::loader).orElse(Switchboard.class.getClassLoader()),
                    serving.map(Contribution::routes).orElse(List.of()));
        }
    }

    private record Judges(PluginIdentity plugin, Contribution contribution) {}

    /** Makes everybody know these plugins in these states, and no others. */
    void show(Map<PluginId, Line> lines) {
        Map<PluginId, Line> news = new TreeMap<>();
        lines.forEach((plugin, line) -> {
            Line before = told.get(plugin);
            if (before == null || !before.saysTheSame(line)) {
                news.put(plugin, line);
            }
        });
        Set<PluginId> gone = new TreeSet<>(told.keySet());
        gone.removeAll(lines.keySet());
        if (!news.isEmpty() || !gone.isEmpty()) {
            routing.apply(
                    new Routing.Change(news.values().stream().map(Line::entry).toList(), gone));
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
                .filter(entry -> entry.getValue().authenticates()
                        && entry.getValue().serving().isEmpty())
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
        told.forEach((plugin, line) -> {
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
