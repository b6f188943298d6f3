// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds who waits for whom: every plugin one of whose required dependencies is not served by this set. */
final class Waiting {
    private final Needs needs;
    private final Map<PluginId, List<Problem>> refused;
    private final Map<PluginId, List<Problem>> waiting = new TreeMap<>();

    Waiting(Needs needs, Map<PluginId, Candidate> set, Map<PluginId, List<Problem>> refused) {
        this.needs = needs;
        this.refused = refused;
        // providers first, so that a chain of waiting is known from its end; what is refused needs nobody any more
        for (PluginId plugin : ProvidersFirst.order(set.keySet(), this::providersOfRunnable)) {
            List<Problem> problems = refused.containsKey(plugin) ? List.of() : unserved(plugin);
            if (!problems.isEmpty()) {
                waiting.put(plugin, problems);
            }
        }
    }

    Map<PluginId, List<Problem>> problems() {
        return waiting;
    }

    boolean runs(PluginId plugin) {
        return !refused.containsKey(plugin) && !waiting.containsKey(plugin);
    }

    /** Answers why a dependency is not served, if it is not. */
    Optional<Problem> against(Needs.Need need) {
        if (need.problem().isPresent() || runs(need.provider())) {
            return need.problem();
        }
        PluginState state = stateOf(need.provider());
        return Optional.of(new Problem.ProviderNotReady(
                need.plugin(), need.dependency(), need.index(), state, Chain.from(need.provider(), refused, waiting)));
    }

    private List<Problem> unserved(PluginId plugin) {
        List<Problem> problems = new ArrayList<>();
        for (Needs.Need need : needs.of(plugin)) {
            if (need.dependency().required()) {
                against(need).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private Set<PluginId> providersOfRunnable(PluginId plugin) {
        return refused.containsKey(plugin) ? Set.of() : ProvidersFirst.required(needs.of(plugin));
    }

    // a candidate that ran and broke before is FAILED; all else that is refused never started
    private PluginState stateOf(PluginId provider) {
        if (waiting.containsKey(provider)) {
            return PluginState.WAITING;
        }
        return switch (refused.getOrDefault(provider, List.of()).get(0).code()) {
            case MIGRATION, START, HEALTH -> PluginState.FAILED;
            default -> PluginState.REJECTED;
        };
    }
}
