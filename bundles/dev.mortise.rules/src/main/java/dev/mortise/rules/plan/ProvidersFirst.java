// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.PluginIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Orders plugins so that each comes after those that it needs; where that leaves a choice, the smaller one comes first. */
final class ProvidersFirst {
    private ProvidersFirst() {}

    /** Orders a set without cycles; providers outside the set don't count. */
    static List<PluginIdentity> order(
            Collection<PluginIdentity> plugins, Function<PluginIdentity, Set<PluginIdentity>> providersOf) {
        Map<PluginIdentity, Integer> open = new HashMap<>();
        Map<PluginIdentity, List<PluginIdentity>> dependents = new HashMap<>();
        plugins.forEach(plugin -> open.put(plugin, 0));
        for (PluginIdentity plugin : plugins) {
            for (PluginIdentity provider : providersOf.apply(plugin)) {
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
    static Set<PluginIdentity> required(List<Needs.Need> needs) {
        Set<PluginIdentity> providers = new TreeSet<>();
        for (Needs.Need need : needs) {
            if (need.dependency().required()) {
                providers.addAll(need.providers());
            }
        }
        return providers;
    }

    private static List<PluginIdentity> drain(
            Map<PluginIdentity, Integer> open, Map<PluginIdentity, List<PluginIdentity>> dependents) {
        PriorityQueue<PluginIdentity> ready = new PriorityQueue<>();
        open.forEach((plugin, count) -> {
            if (count == 0) {
                ready.add(plugin);
            }
        });
        List<PluginIdentity> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            PluginIdentity plugin = ready.remove();
            order.add(plugin);
            for (PluginIdentity dependent : dependents.getOrDefault(plugin, List.of())) {
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
