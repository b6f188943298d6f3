// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds circles among plugins that come one by one, as those do that run elsewhere. Of these there may be several of one
 * plugin, so a circle is one only if there is no way out of it: if nobody else serves what its members require. As for the
 * planner, versions do not matter.
 */
public final class Circles {
    private final List<PluginManifest> all;
    private final Set<PluginManifest> stuck;

    private Circles(List<PluginManifest> all) {
        this.all = all;
        // two instances may say the same of themselves
        this.stuck = Collections.newSetFromMap(new IdentityHashMap<>());
        stuck.addAll(all);
        boolean changed = true;
        while (changed) {
            changed = stuck.removeIf(this::free);
        }
    }

    /** Answers the circle that one closes which comes to these, so that it could never be served. */
    public static Optional<Problem> closedBy(PluginManifest coming, Collection<PluginManifest> standing) {
        if (coming.dependencies().stream().noneMatch(Dependency::required)) {
            return Optional.empty();
        }
        List<PluginManifest> all = new ArrayList<>(standing);
        all.add(coming);
        return new Circles(all).through(coming);
    }

    /** What nobody offers may still come; it makes no circle. */
    private boolean free(PluginManifest plugin) {
        return plugin.dependencies().stream().filter(Dependency::required).allMatch(dependency -> {
            List<PluginManifest> providers = providers(dependency);
            return providers.isEmpty() || providers.stream().anyMatch(provider -> !stuck.contains(provider));
        });
    }

    private List<PluginManifest> providers(Dependency dependency) {
        return all.stream()
                .filter(plugin -> plugin.id().equals(dependency.plugin()))
                .filter(plugin -> plugin.services().stream()
                        .anyMatch(service -> service.name().equals(dependency.service())))
                .toList();
    }

    /** Answers the shortest way from a plugin back to itself, if it lies on one. */
    private Optional<Problem> through(PluginManifest start) {
        Set<PluginId> seen = new HashSet<>();
        Deque<List<PluginManifest>> ways = new ArrayDeque<>(List.of(List.of(start)));
        while (stuck.contains(start) && !ways.isEmpty()) {
            List<PluginManifest> way = ways.remove();
            for (PluginManifest needed : needed(way.get(way.size() - 1))) {
                if (needed.id().equals(start.id())) {
                    return Optional.of(problem(way));
                }
                if (seen.add(needed.id())) {
                    ways.add(Stream.concat(way.stream(), Stream.of(needed)).toList());
                }
            }
        }
        return Optional.empty();
    }

    private List<PluginManifest> needed(PluginManifest plugin) {
        return plugin.dependencies().stream()
                .filter(Dependency::required)
                .flatMap(dependency -> providers(dependency).stream())
                .filter(stuck::contains)
                .toList();
    }

    private static Problem problem(List<PluginManifest> way) {
        List<PluginIdentity> members =
                way.stream().map(PluginManifest::identity).toList();
        return new Problem.DependencyCycle(CyclePath.through(members).path().stream()
                .map(PluginIdentity::id)
                .toList());
    }
}
