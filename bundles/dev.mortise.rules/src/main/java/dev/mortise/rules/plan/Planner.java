// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges a whole desired set at once. The plan follows from the set alone: not from the order in which it is given, nor
 * from what ran before.
 */
public final class Planner {
    private Planner() {}

    /**
     * Plans the set.
     *
     * @param candidates one per plugin id
     * @param host the version of Mortise
     * @throws IllegalArgumentException when an id appears twice: the caller chooses the version
     */
    public static Plan plan(Collection<Candidate> candidates, Version host) {
        Map<PluginId, Candidate> set = byId(candidates);
        Ranges ranges = new Ranges();
        Offers offers = Offers.of(set.values());
        Needs needs = Needs.of(set.values(), offers, ranges);

        Map<PluginId, List<Problem>> refused = refusals(set.values(), new OwnFaults(host, ranges, offers));
        needs.requiredGraph().cycles().forEach(path -> path.refuse(refused));
        Waiting waiting = new Waiting(needs, set, refused);
        Map<PluginId, List<Problem>> waits = waiting.problems();
        return new Plan(
                Groups.of(set, needs, refused.keySet(), waits.keySet()),
                waits,
                refused,
                new Warnings(needs, waiting).all());
    }

    private static Map<PluginId, Candidate> byId(Collection<Candidate> candidates) {
        Map<PluginId, Candidate> set = new TreeMap<>();
        for (Candidate candidate : candidates) {
            Candidate other = set.put(candidate.manifest().id(), candidate);
            if (other != null) {
                throw new IllegalArgumentException("The desired set names plugin '"
                        + candidate.manifest().id() + "' twice, in versions "
                        + other.manifest().version() + " and "
                        + candidate.manifest().version() + ". Choose one.");
            }
        }
        return set;
    }

    private static Map<PluginId, List<Problem>> refusals(Collection<Candidate> candidates, OwnFaults faults) {
        Map<PluginId, List<Problem>> refused = new TreeMap<>();
        for (Candidate candidate : candidates) {
            List<Problem> problems = faults.of(candidate);
            if (!problems.isEmpty()) {
                refused.put(candidate.manifest().id(), new ArrayList<>(problems));
            }
        }
        return refused;
    }
}
