// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.deploy.Switching.Decision;
import dev.mortise.host.folder.Stamp;
import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Version;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Brings what runs to where it is wanted. Level-triggered: each pass looks at everything and does what can be done now;
 * whatever comes of it asks for a further pass. Lives on the sequencer's thread.
 */
public final class Deployer {
    private final PluginRuntime runtime;
    private final Sequence sequence;
    private final Board board;
    private final Endings endings;
    private final StartSlots slots;
    private final Rows rows;
    private final Version host;
    private final Map<Path, Seen> seen = new HashMap<>();
    private Map<Path, Jar> jars = Map.of();
    private Choice choice = Choice.NOTHING;
    private Object chosenFrom = List.of();
    private long looks;
    private long generation;
    private boolean stopping;

    Deployer(Parts parts, Version host) {
        this.runtime = parts.runtime();
        this.sequence = parts.sequence();
        this.board = parts.board();
        this.endings = parts.endings();
        this.slots = parts.slots();
        this.rows = parts.rows();
        this.host = host;
    }

    /** What a deployer works with. */
    record Parts(PluginRuntime runtime, Sequence sequence, Board board, Endings endings, StartSlots slots, Rows rows) {}

    /** Takes what lies in the folder now. */
    public void folder(Map<Path, Jar> lying) {
        Refusals.log(jars, lying);
        Set<Digest> touched = touched(lying);
        jars = Map.copyOf(lying);
        looks++;
        rows.sync(jars);
        retry(row -> touched.contains(row.artifact().digest()));
    }

    /** Tries again what failed and may now succeed: something outside of all plugins has changed. */
    public void platformChanged() {
        retry(row -> true);
    }

    /** Tells security everything anew. */
    public void securityIsNew() {
        board.securityIsNew();
    }

    /** Stops and starts a plugin in its version, or tries a failed one again. */
    public void restart(PluginId plugin) {
        List<Row> failed = rows.of(plugin).stream().filter(Row::failed).toList();
        failed.forEach(row -> row.tryAgain(true));
        rows.current(plugin).filter(row -> failed.isEmpty() && row.stands()).ifPresent(row -> row.restarting(true));
    }

    /** Does what can be done now. */
    public void pass() {
        if (stopping) {
            return;
        }
        choose();
        rows.all().forEach(this::settle);
        abortUnwanted();
        boolean more = startNext();
        switchOver();
        board.show(new Board.View(rows, jars, choice, generation));
        rows.all().stream().filter(Row::isToDrain).forEach(row -> endings.drainAndRetire(row, () -> ended(row)));
        if (more) {
            slots.untilFree().ifPresent(sequence::wakeIn);
        }
        if (!inputs().equals(chosenFrom)) {
            sequence.post(() -> {}); // what this pass did may change what is chosen
        }
    }

    /** Stops everything: no more calls, then plugin after plugin, dependents before their providers. */
    public void stopAll(Runnable afterwards) {
        stopping = true;
        new Shutdown(rows, endings, host)
                .begin(() -> board.showBeforeTheEnd(new Board.View(rows, jars, choice, generation)), afterwards);
    }

    private void choose() {
        Object from = inputs();
        if (from.equals(chosenFrom)) {
            return;
        }
        List<Digest> before = choice.digests();
        choice = Selection.choose(
                Lineup.of(jars, rows.rewritten(jars), rows.incumbents()), rows.blocked(), rows.incumbents(), host);
        chosenFrom = from;
        if (!before.equals(choice.digests())) {
            generation++;
        }
    }

    private Object inputs() {
        return List.of(looks, rows.incumbents(), rows.blocked().keySet());
    }

    /** Puts what does not run where its verdict puts it. */
    private void settle(Row row) {
        Verdict verdict = choice.verdicts().get(row.artifact().digest());
        boolean idle = row.running().isEmpty() && !row.failed() && !row.ending();
        if (verdict == null || !idle) {
            return;
        }
        var problems = new Providers(rows, choice).asTheyAre(verdict.problems());
        String why = problems.isEmpty() ? "" : problems.get(0).message();
        switch (verdict.kind()) {
            case RUN -> row.settle(PluginState.RESOLVED, "It starts when what it needs is there.", problems);
            case WAIT -> row.settle(PluginState.WAITING, why, problems);
            case REFUSE -> row.settle(PluginState.REJECTED, why, problems);
            case SUPERSEDE -> row.settle(PluginState.STAGED, superseded(row), problems);
        }
    }

    private String superseded(Row row) {
        return row.artifact().identity() + " is superseded by "
                + Known.get(choice.chosen(), row.id()).manifest().version() + ".";
    }

    private boolean wanted(Row row) {
        Verdict verdict = choice.verdicts().get(row.artifact().digest());
        return verdict != null && verdict.kind() == Verdict.Kind.RUN;
    }

    /** What is being started although it is no longer wanted never switched in: it just goes. */
    private void abortUnwanted() {
        for (Row row : rows.all()) {
            boolean starting = row.state() == PluginState.MIGRATING || row.state() == PluginState.STARTING;
            if (starting && !wanted(row) && !row.ending()) {
                row.current(false);
                slots.giveBack(row.artifact().digest());
                endings.retire(row, () -> rows.dropUnlessLying(row, jars));
            }
        }
    }

    private boolean startNext() {
        Providers providers = new Providers(rows, choice);
        for (Candidate candidate : choice.plan().groups().stream()
                .flatMap(group -> group.members().stream())
                .toList()) {
            Optional<Row> next = rows.find(candidate.digest())
                    .filter(row -> row.state() == PluginState.RESOLVED && !row.ending())
                    .filter(providers::standReadyFor);
            if (next.isPresent() && !slots.take(candidate.digest())) {
                return true;
            }
            next.ifPresent(this::start);
        }
        return false;
    }

    private void start(Row row) {
        Object ticket = new Object();
        row.started(runtime.start(row.artifact(), report -> sequence.post(() -> report(row, ticket, report))), ticket);
    }

    private void report(Row row, Object ticket, RunReport report) {
        if (!row.runs(ticket)) {
            return;
        }
        if (report instanceof RunReport.Phase && row.state() == PluginState.MIGRATING) {
            row.step(PluginState.STARTING, "", List.of());
        } else if (report instanceof RunReport.Delayed delayed) {
            row.explain(delayed.problem().message(), List.of(delayed.problem()));
        } else if (report instanceof RunReport.Serving serving) {
            slots.giveBack(row.artifact().digest());
            row.tells(serving.contribution());
        } else if (report instanceof RunReport.Impaired impaired) {
            row.isImpaired(impaired.problem());
        } else if (report instanceof RunReport.Failed failed && !row.ending()) {
            slots.giveBack(row.artifact().digest());
            row.restarting(false);
            row.fail(failed.problem());
            endings.retire(row, () -> ended(row));
        }
    }

    /** Switches in what is prepared; what then has to drain and go does so once that is told. */
    private void switchOver() {
        Standings standings = new Standings(rows, choice);
        Decision decision = Switching.decide(standings.situation(), host);
        standings.apply(decision).stream()
                .filter(row -> row.running().isEmpty())
                .forEach(row -> rows.dropUnlessLying(row, jars));
    }

    private void ended(Row row) {
        if (row.state() == PluginState.DRAINING) {
            row.step(PluginState.STOPPED, "", List.of());
        }
        if (row.restarting()) {
            row.restarting(false);
            row.settle(PluginState.STAGED, "", List.of());
        } else if (!row.current() && !row.failed()) {
            rows.dropUnlessLying(row, jars);
        } else if (!row.current()) {
            rows.sync(jars);
        }
    }

    private void retry(Predicate<Row> which) {
        rows.all().stream()
                .filter(row -> row.state() == PluginState.FAILED && which.test(row))
                .forEach(row -> row.tryAgain(false));
    }

    /** Answers what was written anew with the content that it had: somebody asks for another try. */
    private Set<Digest> touched(Map<Path, Jar> lying) {
        Set<Digest> touched = new HashSet<>();
        seen.keySet().retainAll(lying.keySet());
        lying.forEach((path, jar) -> jar.artifact().ifPresent(artifact -> {
            Seen now = new Seen(artifact.digest(), jar.file().stamp());
            Seen before = seen.put(path, now);
            if (before != null && before.digest().equals(now.digest()) && !before.equals(now)) {
                touched.add(now.digest());
            }
        }));
        return touched;
    }

    /** What a file held when it was last whole. */
    private record Seen(Digest digest, Stamp stamp) {}
}
