// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds who waits for whom: every plugin one of whose required dependencies is not served by this set. */
final class Waiting {
    private final Needs needs;
    private final Map<PluginIdentity, List<Problem>> refused;
    private final Map<PluginIdentity, List<Problem>> waiting = new TreeMap<>();
    // the highest version of each plugin that can't run
    private final Map<PluginId, PluginIdentity> stuck = new HashMap<>();

    Waiting(Needs needs, Map<PluginIdentity, Candidate> set, Map<PluginIdentity, List<Problem>> refused) {
        this.needs = needs;
        this.refused = refused;
        refused.keySet().forEach(this::sticks);
        // providers first, so that a chain of waiting is known from its end; what is refused needs nobody any more
        for (PluginIdentity plugin : ProvidersFirst.order(set.keySet(), this::providersOfRunnable)) {
            List<Problem> problems = refused.containsKey(plugin) ? List.of() : unserved(plugin);
            if (!problems.isEmpty()) {
                waiting.put(plugin, problems);
                sticks(plugin);
            }
        }
    }

    Map<PluginIdentity, List<Problem>> problems() {
        return waiting;
    }

    boolean runs(PluginIdentity plugin) {
        return !refused.containsKey(plugin) && !waiting.containsKey(plugin);
    }

    /** Answers why a dependency is not served, if it is not. */
    Optional<Problem> against(Needs.Need need) {
        if (need.elsewhere()
                || need.problem().isPresent()
                || need.providers().stream().anyMatch(this::runs)) {
            return need.problem();
        }
        PluginIdentity best = need.providers().get(0);
        String reason = new Chain(refused, waiting, stuck).from(best);
        return Optional.of(
                new Problem.ProviderNotReady(need.plugin(), need.dependency(), need.index(), stateOf(best), reason));
    }

    private void sticks(PluginIdentity plugin) {
        stuck.merge(plugin.id(), plugin, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private List<Problem> unserved(PluginIdentity plugin) {
        List<Problem> problems = new ArrayList<>();
        for (Needs.Need need : needs.of(plugin)) {
            if (need.dependency().required()) {
                against(need).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private Set<PluginIdentity> providersOfRunnable(PluginIdentity plugin) {
        return refused.containsKey(plugin) ? Set.of() : ProvidersFirst.required(needs.of(plugin));
    }

    // a candidate that ran and broke before is FAILED; all else that is refused never started
    private PluginState stateOf(PluginIdentity provider) {
        if (waiting.containsKey(provider)) {
            return PluginState.WAITING;
        }
        return switch (refused.getOrDefault(provider, List.of()).get(0).code()) {
            case MIGRATION, START, HEALTH -> PluginState.FAILED;
            default -> PluginState.REJECTED;
        };
    }
}
