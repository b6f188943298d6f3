// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One change of the set of plugins as the journal tells it; the JSON shape of CONTRACTS.md.
 *
 * @param id sorts by the time of its beginning
 * @param generation the generation of the desired state that it led to; while it runs, the one that it began with
 * @param reason why it ended as it did, where one sentence says that for all of it
 */
public record Deployment(
        String id,
        long generation,
        State state,
        Trigger trigger,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<String> reason,
        List<Group> groups,
        List<Step> steps,
        List<Leak> leaks) {
    /** How far it is, or how it ended. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        REFUSED
    }

    /** What is done for one plugin. */
    public enum Phase {
        STAGE,
        PLAN,
        INSTALL,
        MIGRATE,
        START,
        PROBE,
        SWITCH,
        DRAIN,
        RETIRE
    }

    public Deployment {
        groups = List.copyOf(groups);
        steps = List.copyOf(steps);
        leaks = List.copyOf(leaks);
    }

    /** Answers the same deployment with one more verdict on a class loader. */
    public Deployment with(Leak leak) {
        List<Leak> more = new ArrayList<>(leaks);
        more.add(leak);
        return new Deployment(id, generation, state, trigger, startedAt, finishedAt, reason, groups, steps, more);
    }

    /** Answers the same with a verdict in the place of one that turned out to be wrong. */
    public Deployment with(Leak right, Leak wrong) {
        List<Leak> mended =
                leaks.stream().map(leak -> leak.equals(wrong) ? right : leak).toList();
        return new Deployment(id, generation, state, trigger, startedAt, finishedAt, reason, groups, steps, mended);
    }

    /**
     * Plugins that change together.
     *
     * @param reason why it failed, was refused or waits
     */
    public record Group(List<Member> plugins, State state, Optional<String> reason) {
        public Group {
            plugins = List.copyOf(plugins);
        }
    }

    /** A plugin and the versions between which it changes; from is absent for a new one, to for one that goes. */
    public record Member(String id, Optional<String> from, Optional<String> to) {}

    /** One phase of one plugin, in milliseconds from its beginning to its end. */
    public record Step(Phase phase, String plugin, State state, long ms) {}

    /** What became of the class loader of a version that was retired. */
    public record Leak(String plugin, String version, String verdict) {}
}
