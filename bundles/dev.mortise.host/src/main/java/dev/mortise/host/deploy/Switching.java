// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.rules.plan.Planner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which prepared versions are switched in now, all at once: those whose required providers serve or are switched
 * in with them. One that would break a running plugin whose own new version is still being prepared waits for it.
 */
final class Switching {
    private final Map<PluginId, Standing> current;
    private final Map<PluginId, Standing> prepared;
    private final Set<PluginId> coming;
    private final Version host;
    private final Set<PluginId> switched;
    private Plan plan;

    private Switching(Situation situation, Version host) {
        this.current = situation.current();
        this.prepared = situation.prepared();
        this.coming = situation.coming();
        this.host = host;
        this.switched = new TreeSet<>(prepared.keySet());
        this.plan = plan();
    }

    /** A version that is switched in or could be, and why it can't serve although it runs, if so. */
    record Standing(Artifact artifact, boolean serves, Optional<Problem> impairment) {}

    /**
     * What there is.
     *
     * @param current what is switched in and is not to leave
     * @param prepared what stands ready to be switched in
     * @param coming plugins with a version that is still being prepared
     */
    record Situation(Map<PluginId, Standing> current, Map<PluginId, Standing> prepared, Set<PluginId> coming) {}

    /**
     * What is decided.
     *
     * @param switched plugins whose prepared version is switched in
     * @param unserved of all that is then switched in, what can't serve, with every reason
     */
    record Decision(
            Set<PluginId> switched, Map<PluginId, List<Problem>> unserved, Map<PluginId, List<String>> warnings) {}

    static Decision decide(Situation situation, Version host) {
        Switching switching = new Switching(situation, host);
        while (switching.holdBack()) {
            switching.plan = switching.plan();
        }
        Map<PluginId, List<Problem>> unserved = new TreeMap<>(switching.plan.waiting());
        unserved.putAll(switching.plan.refused());
        return new Decision(Set.copyOf(switching.switched), unserved, switching.plan.warnings());
    }

    private boolean holdBack() {
        Set<PluginId> held = new TreeSet<>();
        for (Map<PluginId, List<Problem>> problems : List.of(plan.waiting(), plan.refused())) {
            problems.forEach((plugin, reasons) -> {
                if (switched.contains(plugin)) {
                    held.add(plugin);
                } else if (coming.contains(plugin) && Known.get(current, plugin).serves()) {
                    reasons.forEach(reason -> held.addAll(Blame.mentioned(reason)));
                }
            });
        }
        return switched.removeAll(held);
    }

    private Plan plan() {
        Map<PluginId, Standing> next = new TreeMap<>(current);
        switched.forEach(plugin -> next.put(plugin, Known.get(prepared, plugin)));
        return Planner.plan(candidates(next.values()), host);
    }

    private static List<Candidate> candidates(Collection<Standing> standings) {
        List<Candidate> candidates = new ArrayList<>();
        standings.forEach(standing -> candidates.add(new Candidate(
                standing.artifact().manifest(), standing.artifact().digest(), standing.impairment())));
        return candidates;
    }
}
