// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says why a provider does not serve: by its own reason, or by the chain that leads to the plugin that has one. */
record Chain(
        Map<PluginIdentity, List<Problem>> refused,
        Map<PluginIdentity, List<Problem>> waiting,
        Map<PluginId, PluginIdentity> stuck) {
    private static final int SHOWN_WHOLE = 6;

    /** Answers the reason of a provider that is refused or waits. */
    String from(PluginIdentity provider) {
        List<PluginId> chain = new ArrayList<>();
        PluginIdentity plugin = provider;
        while (true) {
            chain.add(plugin.id());
            Problem first = refused.getOrDefault(plugin, waiting.getOrDefault(plugin, List.of()))
                    .get(0);
            if (!(first instanceof Problem.ProviderNotReady next)) {
                return (chain.size() == 1 ? "" : "The chain is " + text(chain) + ". ") + first.message();
            }
            plugin = stuck.getOrDefault(next.dependency().plugin(), plugin);
        }
    }

    // a chain of a thousand plugins makes no sentence
    private static String text(List<PluginId> chain) {
        List<String> shown = new ArrayList<>(chain.stream().map(PluginId::value).toList());
        if (shown.size() > SHOWN_WHOLE) {
            int left = shown.size() - SHOWN_WHOLE;
            shown.subList(3, 3 + left).clear();
            shown.add(3, "(" + left + " more)");
        }
        return String.join(" -> ", shown);
    }
}
