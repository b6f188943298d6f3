// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.Deployment.Step;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Note;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A deployment that is going on. Lives on the sequencer's thread. */
final class OpenDeployment {
    private static final String TAKEN_BACK = "It was taken back meanwhile.";

    private final String id;
    private final Trigger trigger;
    private final Instant startedAt;
    private final Map<PluginId, Change> changes;
    private final Clock clock;
    private final List<Step> steps = new ArrayList<>();
    private final Map<PluginId, Running> running = new TreeMap<>();
    private final Map<PluginId, Outcome> decided = new TreeMap<>();
    private final Map<PluginId, Artifact> heirs = new TreeMap<>();

    /**
     * What is to change of a plugin.
     *
     * @param from the version that was switched in
     * @param asked what is asked for; absent for a removal
     */
    record Change(Optional<Version> from, Optional<Artifact> asked) {}

    private record Running(Phase phase, long begin) {}

    private record Outcome(State state, Optional<String> reason) {}

    OpenDeployment(String id, Trigger trigger, Instant startedAt, Map<PluginId, Change> changes, Clock clock) {
        this.id = id;
        this.trigger = trigger;
        this.startedAt = startedAt;
        this.changes = new TreeMap<>();
        this.clock = clock;
        takeIn(changes, Duration.between(startedAt, clock.instant()));
    }

    /** Changes these plugins too from now on. */
    void takeIn(Map<PluginId, Change> more) {
        takeIn(more, Duration.ZERO);
    }

    private void takeIn(Map<PluginId, Change> more, Duration ago) {
        changes.putAll(more);
        // from here on it is measured by what no change of the machine's clock reaches
        long begin = System.nanoTime() - ago.toNanos();
        more.keySet().forEach(plugin -> running.put(plugin, new Running(Phase.PLAN, begin)));
    }

    String id() {
        return id;
    }

    boolean changes(PluginId plugin) {
        return changes.containsKey(plugin);
    }

    /** Tells whether it changes a plugin and what comes of that is its own outcome still. */
    boolean awaits(PluginId plugin) {
        return changes(plugin) && !decided.containsKey(plugin);
    }

    /** Tells whether it asks for this and what comes of that is its own outcome still. */
    boolean awaits(Artifact artifact) {
        return awaits(artifact.id())
                && asked(artifact.id())
                        .filter(next -> next.digest().equals(artifact.digest()))
                        .isPresent();
    }

    private Optional<Artifact> asked(PluginId plugin) {
        return Known.get(changes, plugin).asked();
    }

    void enter(PluginId plugin, Phase phase) {
        if (Optional.ofNullable(running.get(plugin))
                .filter(last -> last.phase() == phase)
                .isEmpty()) {
            leave(plugin, State.DONE);
            running.put(plugin, new Running(phase, System.nanoTime()));
        }
    }

    void fail(PluginId plugin) {
        leave(plugin, State.FAILED);
    }

    /** Its outcome for a plugin is this, however the plugin stands. */
    void failed(PluginId plugin, String reason) {
        decided.put(plugin, new Outcome(State.FAILED, Optional.of(reason)));
    }

    private void leave(PluginId plugin, State how) {
        Running last = running.remove(plugin);
        // a start of the container has nothing to tell of a thousand plugins that came back
        boolean worthTelling = trigger != Trigger.BOOT || how == State.FAILED;
        if (last != null && worthTelling) {
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last.begin());
            steps.add(new Step(last.phase(), plugin.value(), how, ms));
        }
    }

    /**
     * Another deployment changes its plugins from now on: what this one switched in or removed stays its outcome, and what
     * it did not may have to give way.
     *
     * @return whether it had any outcome
     */
    boolean overtake(OpenDeployment later, Rows rows, Wants wants) {
        List<PluginId> shared = changes.keySet().stream()
                .filter(plugin -> awaits(plugin) && later.changes(plugin))
                .toList();
        List<PluginId> over =
                shared.stream().filter(plugin -> isThere(plugin, rows)).toList();
        shared.forEach(plugin -> asked(plugin)
                .flatMap(now -> later.asked(plugin).filter(next -> later.displaces(now, next)))
                .ifPresent(next -> heirs.put(plugin, next)));
        over.forEach(plugin -> {
            decided.put(plugin, outcome(plugin, rows, wants));
            leave(plugin, State.DONE);
        });
        return !over.isEmpty();
    }

    /** An order displaces what is being started; a file does so only where more is wanted of it. */
    private boolean displaces(Artifact now, Artifact next) {
        boolean more = now.identity().equals(next.identity()) || Wish.MOST_WANTED_FIRST.compare(next, now) < 0;
        return Wish.rivals(now, next) && (trigger != Trigger.FOLDER || more);
    }

    private boolean isThere(PluginId plugin, Rows rows) {
        return asked(plugin)
                .map(asked -> rows.find(asked.digest()).filter(Row::current).isPresent())
                .orElse(true);
    }

    /** Tells whether nothing more is going to happen to its plugins by itself. */
    boolean settled(Rows rows) {
        return changes.keySet().stream()
                .filter(plugin -> !decided.containsKey(plugin))
                .flatMap(plugin -> rows.of(plugin).stream())
                .noneMatch(OpenDeployment::moves);
    }

    private static boolean moves(Row row) {
        return switch (row.state()) {
            case RESOLVED, DRAINING -> true;
            // one that gave way before it was switched in may hang, and nobody waits for it
            case MIGRATING, STARTING -> !row.ending();
            case STAGED -> row.ending() || row.running().isPresent();
            default -> row.ending() || row.restarting() || row.contract().runs() || row.move() != Move.NONE;
        };
    }

    /** Answers how it stands while it runs. */
    Deployment now(long generation) {
        List<Deployment.Group> groups = changes.keySet().stream()
                .map(plugin -> new Deployment.Group(
                        List.of(member(plugin)),
                        known(plugin).map(Outcome::state).orElse(State.RUNNING),
                        known(plugin).flatMap(Outcome::reason)))
                .toList();
        return deployment(generation, State.RUNNING, Optional.empty(), groups);
    }

    /** Answers how it ended. */
    Deployment end(Rows rows, Wants wants, Plan plan, long generation) {
        changes.keySet().forEach(plugin -> leave(plugin, State.DONE));
        List<Deployment.Group> groups = together(plan).stream()
                .map(plugins -> group(plugins, rows, wants))
                .toList();
        return deployment(generation, worst(groups), Optional.of(clock.instant()), groups);
    }

    private List<List<PluginId>> together(Plan plan) {
        List<List<PluginId>> groups = new ArrayList<>();
        Set<PluginId> left = new HashSet<>(changes.keySet());
        plan.groups().forEach(group -> {
            List<PluginId> members = group.members().stream()
                    .map(Candidate::manifest)
                    .map(manifest -> manifest.id())
                    .filter(left::remove)
                    .toList();
            if (!members.isEmpty()) {
                groups.add(members);
            }
        });
        left.stream().sorted().forEach(plugin -> groups.add(List.of(plugin)));
        return groups;
    }

    private Deployment.Group group(List<PluginId> plugins, Rows rows, Wants wants) {
        List<Outcome> outcomes = plugins.stream()
                .map(plugin -> known(plugin).orElseGet(() -> outcome(plugin, rows, wants)))
                .toList();
        State state = List.of(State.FAILED, State.REFUSED).stream()
                .filter(bad -> outcomes.stream().anyMatch(outcome -> outcome.state() == bad))
                .findFirst()
                .orElse(State.DONE);
        return new Deployment.Group(
                plugins.stream().map(this::member).toList(),
                state,
                outcomes.stream()
                        .filter(outcome -> outcome.state() == state)
                        .flatMap(outcome -> outcome.reason().stream())
                        .findFirst());
    }

    private Optional<Outcome> known(PluginId plugin) {
        return Optional.ofNullable(decided.get(plugin));
    }

    private Outcome outcome(PluginId plugin, Rows rows, Wants wants) {
        Optional<Digest> asked = asked(plugin).map(Artifact::digest);
        if (asked.isEmpty()) {
            return new Outcome(State.DONE, Optional.empty());
        }
        Optional<Row> row = rows.find(asked.get());
        Optional<Wish> wish = wants.find(asked.get());
        if (row.isEmpty() || (!row.get().current() && wish.isEmpty())) {
            return new Outcome(State.FAILED, gaveWay(plugin).or(() -> Optional.of(TAKEN_BACK)));
        }
        Optional<String> reason = Optional.of(row.get().reason()).filter(text -> !text.isEmpty());
        PluginState state = row.get().state();
        return switch (state) {
            case FAILED, QUARANTINED -> new Outcome(State.FAILED, reason);
            case REJECTED -> new Outcome(State.REFUSED, reason);
            case MIGRATING, STARTING ->
                new Outcome(
                        State.FAILED,
                        gaveWay(plugin)
                                .or(() -> wish.flatMap(Wish::note).map(Note::message))
                                .or(() -> Optional.of(TAKEN_BACK)));
            default -> new Outcome(State.DONE, reason);
        };
    }

    private Optional<String> gaveWay(PluginId plugin) {
        return asked(plugin).flatMap(now -> Optional.ofNullable(heirs.get(plugin))
                .map(next -> "%s gave way to %s, which was asked for meanwhile."
                        .formatted(
                                now.manifest().version(),
                                now.identity().equals(next.identity())
                                        ? "other content of the same version"
                                        : next.manifest().version())));
    }

    /** One failure is a failure; it is refused when nothing of it was tried. */
    private static State worst(List<Deployment.Group> groups) {
        boolean failed = groups.stream().anyMatch(group -> group.state() == State.FAILED);
        boolean refused = !groups.isEmpty() && groups.stream().allMatch(group -> group.state() == State.REFUSED);
        return failed ? State.FAILED : refused ? State.REFUSED : State.DONE;
    }

    private Deployment.Member member(PluginId plugin) {
        Change change = Known.get(changes, plugin);
        return new Deployment.Member(
                plugin.value(),
                change.from().map(Version::text),
                change.asked().map(next -> next.manifest().version().text()));
    }

    private Deployment deployment(
            long generation, State state, Optional<Instant> finishedAt, List<Deployment.Group> groups) {
        Optional<String> reason = groups.size() == 1 ? groups.get(0).reason() : Optional.empty();
        return new Deployment(id, generation, state, trigger, startedAt, finishedAt, reason, groups, steps, List.of());
    }
}
