// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.rules.plan.Planner;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Plans sets of versions, and remembers the last plans: what is chosen, what is switched in and what then runs are mostly the
 * same set, and most passes change nothing of it. Lives on the sequencer's thread.
 */
final class Planning {
    private static final int REMEMBERED = 4;

    private final Version host;
    private final Supplier<Map<ServiceName, HeldService>> held;
    private final Deque<Planned> recent = new ArrayDeque<>();

    /**
     * Plans for a container.
     *
     * @param held the services of instances that run elsewhere, as it is now
     */
    Planning(Version host, Supplier<Map<ServiceName, HeldService>> held) {
        this.host = host;
        this.held = held;
    }

    private record Planned(List<Candidate> candidates, Map<ServiceName, HeldService> held, Plan plan) {}

    /** Answers the services of instances that run elsewhere. */
    Map<ServiceName, HeldService> held() {
        return held.get();
    }

    /** Answers the plan of a set; the same set in the same order is planned once. */
    Plan plan(Collection<Candidate> candidates) {
        List<Candidate> asked = List.copyOf(candidates);
        Map<ServiceName, HeldService> beside = held.get();
        return recent.stream()
                .filter(planned ->
                        planned.candidates().equals(asked) && planned.held().equals(beside))
                .map(Planned::plan)
                .findFirst()
                .orElseGet(() -> anew(asked, beside));
    }

    private Plan anew(List<Candidate> candidates, Map<ServiceName, HeldService> beside) {
        Plan plan = Planner.plan(candidates, host, beside);
        recent.addFirst(new Planned(candidates, beside, plan));
        if (recent.size() > REMEMBERED) {
            recent.removeLast();
        }
        return plan;
    }
}
