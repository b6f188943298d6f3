// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts plugins that need each other, directly or not, into one group; groups are in the order of their smallest plugin. */
final class Groups {
    private final Map<PluginIdentity, PluginIdentity> parents = new HashMap<>();

    private Groups() {}

    static List<Plan.Group> of(
            Map<PluginIdentity, Candidate> set, Needs needs, Set<PluginIdentity> refused, Set<PluginIdentity> waiting) {
        Set<PluginIdentity> running = new TreeSet<>(set.keySet());
        running.removeAll(refused);
        running.removeAll(waiting);
        Groups groups = new Groups();
        for (PluginIdentity plugin : running) {
            ProvidersFirst.required(needs.of(plugin)).forEach(provider -> groups.join(plugin, provider));
        }
        Map<PluginIdentity, List<PluginIdentity>> members = new TreeMap<>();
        for (PluginIdentity plugin : running) {
            members.computeIfAbsent(groups.smallest(plugin), id -> new ArrayList<>())
                    .add(plugin);
        }
        return members.values().stream()
                .map(ids -> ProvidersFirst.order(ids, id -> ProvidersFirst.required(needs.of(id))))
                .map(ids -> new Plan.Group(ids.stream().map(set::get).toList()))
                .toList();
    }

    private void join(PluginIdentity one, PluginIdentity other) {
        PluginIdentity first = smallest(one);
        PluginIdentity second = smallest(other);
        if (first.compareTo(second) < 0) {
            parents.put(second, first);
        } else if (!first.equals(second)) {
            parents.put(first, second);
        }
    }

    // shortens the way on each visit, so that long chains stay cheap
    private PluginIdentity smallest(PluginIdentity plugin) {
        PluginIdentity node = plugin;
        while (true) {
            PluginIdentity parent = parents.getOrDefault(node, node);
            if (parent.equals(node)) {
                return node;
            }
            PluginIdentity above = parents.getOrDefault(parent, parent);
            parents.put(node, above);
            node = above;
        }
    }
}
