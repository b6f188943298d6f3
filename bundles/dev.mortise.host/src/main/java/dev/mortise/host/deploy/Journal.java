// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Tells what is done as deployments: what asked for them, their plugins, phases and end. Lives on the sequencer's thread. */
final class Journal {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final Consumer<Deployment> listener;
    private final List<OpenDeployment> open = new ArrayList<>();

    /**
     * Makes a journal.
     *
     * @param listener takes every deployment whenever it is another one than before
     */
    Journal(Clock clock, Consumer<Deployment> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** Begins a deployment; answers its id, which sorts by time. */
    String begin(Trigger trigger, long generation, Map<PluginId, OpenDeployment.Change> changes) {
        Instant now = clock.instant();
        String id =
                ID.format(now) + "-%04x".formatted(ThreadLocalRandom.current().nextInt(1 << 16));
        OpenDeployment deployment = new OpenDeployment(id, trigger, now, changes, clock);
        open.add(deployment);
        listener.accept(deployment.now(generation));
        return id;
    }

    /** Answers the running deployments that change one of these plugins. */
    Optional<String> running(Set<PluginId> plugins) {
        return open.stream()
                .filter(deployment -> plugins.stream().anyMatch(deployment::changes))
                .map(OpenDeployment::id)
                .findFirst();
    }

    /** Something begins for a plugin. */
    void enter(PluginId plugin, Phase phase) {
        open.stream()
                .filter(deployment -> deployment.changes(plugin))
                .forEach(deployment -> deployment.enter(plugin, phase));
    }

    /** What was being done for a plugin failed. */
    void fail(PluginId plugin) {
        open.stream().filter(deployment -> deployment.changes(plugin)).forEach(deployment -> deployment.fail(plugin));
    }

    /** Ends the deployments for whose plugins nothing is left to do. */
    void settle(Rows rows, Wants wants, Plan plan, long generation) {
        for (OpenDeployment deployment : List.copyOf(open)) {
            if (deployment.settled(rows)) {
                open.remove(deployment);
                listener.accept(deployment.end(rows, wants, plan, generation));
            }
        }
    }

    /** Words the end of one that was running when an earlier container ended. */
    static Deployment interrupted(Deployment deployment, Collection<Wish> wishes, Instant now) {
        Map<String, String> active = new TreeMap<>();
        wishes.stream()
                .filter(Wish::active)
                .forEach(wish -> active.put(wish.id().value(), wish.version().text()));
        List<Deployment.Group> groups = deployment.groups().stream()
                .map(group -> group.state() == State.RUNNING ? interrupted(group, active) : group)
                .toList();
        boolean done = groups.stream().allMatch(group -> group.state() == State.DONE);
        return new Deployment(
                deployment.id(),
                deployment.generation(),
                done ? State.DONE : State.FAILED,
                deployment.trigger(),
                deployment.startedAt(),
                Optional.of(now),
                Optional.of("The container ended while this deployment ran."
                        + (done
                                ? " It was recorded before."
                                : " What was not recorded before is done anew, or not at all.")),
                groups,
                deployment.steps(),
                deployment.leaks());
    }

    private static Deployment.Group interrupted(Deployment.Group group, Map<String, String> active) {
        boolean done = group.plugins().stream()
                .allMatch(member -> Optional.ofNullable(active.get(member.id())).equals(member.to()));
        return new Deployment.Group(
                group.plugins(), done ? State.DONE : State.FAILED, Optional.of("The container ended meanwhile."));
    }
}
