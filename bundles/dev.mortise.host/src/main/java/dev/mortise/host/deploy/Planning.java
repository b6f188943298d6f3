// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.Version;
import dev.mortise.rules.plan.Planner;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Plans sets of versions, and remembers the last plans: what is chosen, what is switched in and what then runs are mostly the
 * same set, and most passes change nothing of it. Lives on the sequencer's thread.
 */
final class Planning {
    private static final int REMEMBERED = 4;

    private final Version host;
    private final Deque<Planned> recent = new ArrayDeque<>();

    Planning(Version host) {
        this.host = host;
    }

    private record Planned(List<Candidate> candidates, Plan plan) {}

    /** Answers the plan of a set; the same set in the same order is planned once. */
    Plan plan(Collection<Candidate> candidates) {
        List<Candidate> asked = List.copyOf(candidates);
        return recent.stream()
                .filter(planned -> planned.candidates().equals(asked))
                .map(Planned::plan)
                .findFirst()
                .orElseGet(() -> anew(asked));
    }

    private Plan anew(List<Candidate> candidates) {
        Plan plan = Planner.plan(candidates, host);
        recent.addFirst(new Planned(candidates, plan));
        if (recent.size() > REMEMBERED) {
            recent.removeLast();
        }
        return plan;
    }
}
