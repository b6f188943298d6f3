// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.PluginId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Orders plugins so that each comes after those that it needs; where that leaves a choice, the smaller id comes first. */
final class ProvidersFirst {
    private ProvidersFirst() {}

    /** Orders a set without cycles; providers outside the set don't count. */
    static List<PluginId> order(Collection<PluginId> plugins, Function<PluginId, Set<PluginId>> providersOf) {
        Map<PluginId, Integer> open = new HashMap<>();
        Map<PluginId, List<PluginId>> dependents = new HashMap<>();
        plugins.forEach(plugin -> open.put(plugin, 0));
        for (PluginId plugin : plugins) {
            for (PluginId provider : providersOf.apply(plugin)) {
                if (open.containsKey(provider)) {
                    open.merge(plugin, 1, Integer::sum);
                    dependents
                            .computeIfAbsent(provider, id -> new ArrayList<>())
                            .add(plugin);
                }
            }
        }
        return drain(open, dependents);
    }

    /** Answers the providers that the needs require. */
    static Set<PluginId> required(List<Needs.Need> needs) {
        Set<PluginId> providers = new TreeSet<>();
        for (Needs.Need need : needs) {
            if (need.provided() && need.dependency().required()) {
                providers.add(need.provider());
            }
        }
        return providers;
    }

    private static List<PluginId> drain(Map<PluginId, Integer> open, Map<PluginId, List<PluginId>> dependents) {
        PriorityQueue<PluginId> ready = new PriorityQueue<>();
        open.forEach((plugin, count) -> {
            if (count == 0) {
                ready.add(plugin);
            }
        });
        List<PluginId> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            PluginId plugin = ready.remove();
            order.add(plugin);
            for (PluginId dependent : dependents.getOrDefault(plugin, List.of())) {
                if (open.merge(dependent, -1, Integer::sum) == 0) {
                    ready.add(dependent);
                }
            }
        }
        if (order.size() < open.size()) {
            throw new IllegalStateException("A cycle was left among " + new TreeSet<>(open.keySet()) + ".");
        }
        return order;
    }
}
