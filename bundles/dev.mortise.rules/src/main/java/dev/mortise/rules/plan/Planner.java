// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceName;
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
     * @param candidates one per plugin, or one per major of a plugin whose majors coexist: the caller chooses the versions
     * @param host the version of Mortise
     * @throws IllegalArgumentException when a plugin appears twice in one version
     */
    public static Plan plan(Collection<Candidate> candidates, Version host) {
        return plan(candidates, host, Map.of());
    }

    /**
     * Plans the set beside instances that run elsewhere.
     *
     * @param held their services
     */
    public static Plan plan(Collection<Candidate> candidates, Version host, Map<ServiceName, HeldService> held) {
        Map<PluginIdentity, Candidate> set = byIdentity(candidates);
        Ranges ranges = new Ranges();
        Offers offers = Offers.of(set.values(), held);
        Needs needs = Needs.of(set.values(), offers, ranges);

        Map<PluginIdentity, List<Problem>> refused = refusals(set.values(), new OwnFaults(host, ranges, offers));
        needs.requiredGraph().cycles().forEach(path -> path.refuse(refused));
        Waiting waiting = new Waiting(needs, set, refused);
        Map<PluginIdentity, List<Problem>> waits = waiting.problems();
        return new Plan(
                Groups.of(set, needs, refused.keySet(), waits.keySet()),
                waits,
                refused,
                new Warnings(needs, waiting).all());
    }

    private static Map<PluginIdentity, Candidate> byIdentity(Collection<Candidate> candidates) {
        Map<PluginIdentity, Candidate> set = new TreeMap<>();
        for (Candidate candidate : candidates) {
            if (set.put(candidate.identity(), candidate) != null) {
                throw new IllegalArgumentException(
                        "The desired set names " + candidate.identity() + " twice. Choose one.");
            }
        }
        return set;
    }

    private static Map<PluginIdentity, List<Problem>> refusals(Collection<Candidate> candidates, OwnFaults faults) {
        Map<PluginIdentity, List<Problem>> refused = new TreeMap<>();
        for (Candidate candidate : candidates) {
            List<Problem> problems = faults.of(candidate);
            if (!problems.isEmpty()) {
                refused.put(candidate.identity(), new ArrayList<>(problems));
            }
        }
        return refused;
    }
}
