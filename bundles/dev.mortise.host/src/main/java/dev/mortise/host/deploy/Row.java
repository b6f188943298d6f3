// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.rules.state.PluginSteps;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where one artifact of a plugin stands on this node. Lives on the sequencer's thread. */
final class Row {
    private static final int FAILURES_AT_MOST = 3;

    private final Artifact artifact;
    private final Clock clock;
    private Set<Path> paths = Set.of();
    private PluginState state = PluginState.STAGED;
    private Instant since;
    private String reason = "";
    private List<Problem> problems = List.of();
    private List<String> warnings = List.of();
    private int failures;
    private boolean current;
    private boolean returning;
    private boolean restarting;
    private boolean ending;
    private Move move = Move.NONE;
    private Contract contract = Contract.OPEN;
    private Optional<Artifact> replacement = Optional.empty();
    private Object ticket = new Object();
    private Optional<Running> running = Optional.empty();
    private Optional<Contribution> contribution = Optional.empty();
    private Optional<Problem> impairment = Optional.empty();

    /** Makes the row of something that is wanted; what failed before the container started has failed still. */
    Row(Wish wish, Clock clock) {
        this.artifact = wish.artifact();
        this.clock = clock;
        this.since = clock.instant();
        wish.note().filter(why -> wish.failed()).ifPresent(why -> {
            state = why.state();
            reason = why.message();
            problems = List.of(new Problem.Recorded(why.code(), why.message(), why.remedy()));
        });
    }

    Artifact artifact() {
        return artifact;
    }

    PluginId id() {
        return artifact.id();
    }

    PluginState state() {
        return state;
    }

    Instant since() {
        return since;
    }

    /** Answers for how long it has been in its state. */
    Duration age() {
        return Duration.between(since, clock.instant());
    }

    String reason() {
        return reason;
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    void warn(List<String> texts) {
        warnings = List.copyOf(texts);
    }

    Set<Path> paths() {
        return paths;
    }

    void liesAt(Set<Path> where) {
        paths = new TreeSet<>(where);
    }

    /** Tells whether this is the version of its plugin that is switched in. */
    boolean current() {
        return current;
    }

    void current(boolean now) {
        current = now;
    }

    /** Tells whether it ran when the container ended, and is on its way back: until it is there, nothing takes its place. */
    boolean returning() {
        return returning;
    }

    void returning(boolean now) {
        returning = now;
    }

    /** Tells whether it must not be forgotten although nobody wants it. */
    boolean alive() {
        return current || running.isPresent();
    }

    boolean restarting() {
        return restarting;
    }

    void restarting(boolean now) {
        restarting = now;
    }

    /** Answers the version that was switched in in its place. */
    Optional<Artifact> replacement() {
        return replacement;
    }

    void replacedBy(Artifact next) {
        replacement = Optional.of(next);
    }

    /** Tells whether its run is being ended: until nothing of it is left it is neither switched in nor started again. */
    boolean ending() {
        return ending;
    }

    void ending(boolean now) {
        ending = now;
    }

    Move move() {
        return move;
    }

    void move(Move now) {
        move = now;
    }

    Contract contract() {
        return contract;
    }

    void contract(Contract now) {
        contract = now;
    }

    /** Answers why it is not fully well, though it can serve. */
    List<Problem> blemishes() {
        return Stream.concat(contract.problem().stream(), contribution.flatMap(Contribution::degraded).stream())
                .toList();
    }

    /** Tells whether calls may still be in it, and nobody waits for their end yet. */
    boolean isToDrain() {
        return state == PluginState.DRAINING && running.isPresent() && !ending;
    }

    Optional<Running> running() {
        return running;
    }

    Optional<Contribution> contribution() {
        return contribution;
    }

    Optional<Problem> impairment() {
        return impairment;
    }

    boolean serves() {
        return state.serves();
    }

    /** Tells whether it stands ready beside what is switched in. */
    boolean prepared() {
        return state == PluginState.STARTING && contribution.isPresent() && impairment.isEmpty() && !ending;
    }

    boolean failed() {
        return state == PluginState.FAILED || state == PluginState.QUARANTINED;
    }

    /** Tells whether it was switched in and stands, whether it is called or not. */
    boolean stands() {
        return running.isPresent() && (serves() || state == PluginState.WAITING) && !restarting;
    }

    /** Tells whether it could be started now. */
    boolean startable() {
        return state == PluginState.RESOLVED && !ending;
    }

    /** Tells whether its start has begun and it does not stand ready yet. */
    boolean starting() {
        return (state == PluginState.MIGRATING || state == PluginState.STARTING) && !ending && !prepared();
    }

    boolean onItsWay() {
        return HostSnapshot.onItsWay(state);
    }

    /** Begins a run; what is told with another ticket is not of it. */
    void started(Running run, Object runTicket) {
        running = Optional.of(run);
        ticket = runTicket;
        step(PluginState.MIGRATING, "", List.of());
    }

    boolean runs(Object runTicket) {
        return ticket == runTicket && running.isPresent();
    }

    void tells(Contribution news) {
        contribution = Optional.of(news);
        impairment = Optional.empty();
    }

    void isImpaired(Problem problem) {
        impairment = Optional.of(problem);
    }

    /** Forgets the run that has ended. */
    void ended() {
        running = Optional.empty();
        move = Move.NONE;
        contract = Contract.OPEN;
        contribution = Optional.empty();
        impairment = Optional.empty();
    }

    void step(PluginState to, String why, List<Problem> reasons) {
        PluginState from = state;
        state = PluginSteps.step(artifact.identity(), from, to);
        returning &= onItsWay();
        if (to.serves()) {
            failures = 0;
        }
        Instant now = clock.instant();
        StepLog.write(artifact.identity(), from, to, Duration.between(since, now), why, !reasons.isEmpty());
        since = now;
        reason = why;
        problems = List.copyOf(reasons);
    }

    /** Takes the steps that lead to a state in which nothing runs; being there already only the reason changes. */
    void settle(PluginState to, String why, List<Problem> reasons) {
        if (state == to) {
            explain(why, reasons);
            return;
        }
        List<PluginState> steps = Walk.between(state, to);
        steps.subList(0, steps.size() - 1).forEach(next -> step(next, "", List.of()));
        step(to, why, reasons);
    }

    /** Fails; the third time in a row it is put into quarantine. */
    void fail(Problem problem) {
        failures++;
        step(PluginState.FAILED, problem.message(), List.of(problem));
        if (failures >= FAILURES_AT_MOST) {
            Quarantine why = new Quarantine(id(), failures, problem);
            step(PluginState.QUARANTINED, why.sentence(), List.of(why.problem()));
        }
    }

    /** Makes a failed one ready for another try; by command the count of failures begins anew. */
    void tryAgain(boolean byCommand) {
        failures = byCommand ? 0 : failures;
        settle(PluginState.STAGED, "It is tried again.", List.of());
    }

    void explain(String why, List<Problem> reasons) {
        boolean news = !why.equals(reason);
        reason = why;
        problems = List.copyOf(reasons);
        if (news && !reasons.isEmpty()) {
            StepLog.warn(artifact.identity(), state, why);
        }
    }
}
