// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells what is done as deployments: what asked for them, their plugins, phases and end. Lives on the sequencer's thread. */
final class Journal {
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final int REMEMBERED = 100;

    private final Clock clock;
    private final Consumer<Deployment> listener;
    private final List<OpenDeployment> open = new ArrayList<>();
    private final List<Deployment> ended = new ArrayList<>();
    private Instant newest = Instant.EPOCH;

    /**
     * Makes a journal.
     *
     * @param listener takes every deployment whenever it is another one than before
     */
    Journal(Clock clock, Consumer<Deployment> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Begins a deployment; answers its id, which sorts by time. What earlier ones brought in of its plugins is theirs: it is
     * recorded before it changes.
     */
    String begin(
            Trigger trigger, long generation, Map<PluginId, OpenDeployment.Change> changes, Rows rows, Wants wants) {
        Instant now = clock.instant();
        String id = ID.format(turn(now))
                + "-%04x".formatted(ThreadLocalRandom.current().nextInt(1 << 16));
        OpenDeployment deployment = new OpenDeployment(id, trigger, now, changes, clock);
        open.stream()
                .filter(earlier -> earlier.overtake(deployment, rows, wants))
                .forEach(earlier -> listener.accept(earlier.now(generation)));
        open.add(deployment);
        listener.accept(deployment.now(generation));
        return id;
    }

    /**
     * Something is started that may have been asked for long ago: where no deployment awaits it any more, the newest one
     * that is open takes it in; with none open, it is one by itself.
     */
    void takeIn(
            Trigger trigger, long generation, Map<PluginId, OpenDeployment.Change> started, Rows rows, Wants wants) {
        if (open.stream().anyMatch(deployment -> started.keySet().stream().allMatch(deployment::awaits))) {
            return;
        }
        open.stream()
                .filter(deployment -> started.keySet().stream().noneMatch(deployment::changes))
                .reduce((earlier, later) -> later)
                .ifPresentOrElse(
                        deployment -> {
                            deployment.takeIn(started);
                            listener.accept(deployment.now(generation));
                        },
                        () -> begin(trigger, generation, started, rows, wants));
    }

    /** No two begin in one millisecond: the later one has the higher id. */
    private Instant turn(Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        newest = moment.isAfter(newest) ? moment : newest.plusMillis(1);
        return newest;
    }

    /** Answers the newest deployment that changes a plugin and is not over. */
    Optional<String> running(PluginId plugin) {
        return newest(plugin).map(OpenDeployment::id);
    }

    /** Something begins for a version; the deployment that asks for it tells so, else the newest that changes its plugin. */
    void enter(Artifact artifact, Phase phase) {
        teller(artifact).ifPresent(deployment -> deployment.enter(artifact.id(), phase));
    }

    /** What was being done for a version failed. */
    void fail(Artifact artifact) {
        teller(artifact).ifPresent(deployment -> deployment.fail(artifact.id()));
    }

    /** What was asked for a version that goes on without it has failed. */
    void decide(Artifact artifact, String reason) {
        teller(artifact).ifPresent(deployment -> deployment.failed(artifact.id(), reason));
    }

    private Optional<OpenDeployment> teller(Artifact artifact) {
        return open.stream()
                .filter(deployment -> deployment.awaits(artifact))
                .reduce((earlier, later) -> later)
                .or(() -> newest(artifact.id()));
    }

    private Optional<OpenDeployment> newest(PluginId plugin) {
        return open.stream().filter(deployment -> deployment.changes(plugin)).reduce((earlier, later) -> later);
    }

    /** Ends the deployments for whose plugins nothing is left to do. */
    void settle(Rows rows, Wants wants, Plan plan, long generation) {
        for (OpenDeployment deployment : List.copyOf(open)) {
            if (deployment.settled(rows)) {
                open.remove(deployment);
                remember(deployment.end(rows, wants, plan, generation));
            }
        }
    }

    /**
     * Adds what became of the class loader of a version to the deployment that retired that very version. What is no
     * longer remembered is told nowhere: it must not be laid at the door of another one.
     */
    void leak(PluginIdentity plugin, String verdict) {
        Deployment.Leak leak =
                new Deployment.Leak(plugin.id().value(), plugin.version().text(), verdict);
        retired(leak, group -> group.state() == State.DONE, Deployment.Member::from)
                .or(() -> retired(leak, group -> group.state() != State.DONE, Deployment.Member::to))
                // one that was done together with others fails with them
                .or(() -> retired(leak, group -> group.state() != State.DONE, Deployment.Member::from))
                .ifPresent(deployment -> {
                    Deployment told = deployment.with(leak);
                    ended.set(ended.indexOf(deployment), told);
                    listener.accept(told);
                });
    }

    private Optional<Deployment> retired(
            Deployment.Leak leak,
            Predicate<Deployment.Group> how,
            Function<Deployment.Member, Optional<String>> version) {
        return ended.stream()
                .filter(deployment -> deployment.leaks().stream().noneMatch(other -> isOfSame(other, leak)))
                .filter(deployment -> deployment.groups().stream()
                        .filter(how)
                        .flatMap(group -> group.plugins().stream())
                        .filter(member -> member.id().equals(leak.plugin()))
                        .anyMatch(member -> version.apply(member).equals(Optional.of(leak.version()))))
                .findFirst();
    }

    private static boolean isOfSame(Deployment.Leak one, Deployment.Leak other) {
        return one.plugin().equals(other.plugin()) && one.version().equals(other.version());
    }

    /** Puts a verdict in the place of one that turned out to be wrong; of several like it, the oldest goes first. */
    void correct(PluginIdentity plugin, String wrong, String right) {
        String id = plugin.id().value();
        Deployment.Leak before = new Deployment.Leak(id, plugin.version().text(), wrong);
        Deployment.Leak now = new Deployment.Leak(id, plugin.version().text(), right);
        ended.stream()
                .filter(deployment -> deployment.leaks().contains(before))
                .reduce((newer, older) -> older)
                .ifPresent(deployment -> {
                    Deployment told = deployment.with(now, before);
                    ended.set(ended.indexOf(deployment), told);
                    listener.accept(told);
                });
    }

    private void remember(Deployment deployment) {
        ended.add(0, deployment);
        if (ended.size() > REMEMBERED) {
            ended.remove(REMEMBERED);
        }
        listener.accept(deployment);
    }

    /** Words the end of one that was running when an earlier container ended, by what that one had recorded. */
    static Deployment interrupted(Deployment deployment, Collection<Want> recorded, Instant now) {
        Set<PluginIdentity> active = recorded.stream()
                .filter(want -> want.role() == Role.ACTIVE)
                .map(want -> new PluginIdentity(want.plugin(), want.version()))
                .collect(Collectors.toSet());
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

    private static Deployment.Group interrupted(Deployment.Group group, Set<PluginIdentity> active) {
        boolean done = group.plugins().stream().allMatch(member -> isRecorded(member, active));
        return new Deployment.Group(
                group.plugins(), done ? State.DONE : State.FAILED, Optional.of("The container ended meanwhile."));
    }

    private static boolean isRecorded(Deployment.Member member, Set<PluginIdentity> active) {
        PluginId id = new PluginId(member.id());
        return member.to()
                .map(version -> active.contains(new PluginIdentity(id, new Version(version))))
                .orElseGet(() -> active.stream().noneMatch(plugin -> plugin.id().equals(id)));
    }
}
