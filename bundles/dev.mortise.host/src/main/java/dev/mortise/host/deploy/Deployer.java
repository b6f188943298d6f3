// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.deploy.Selection.Question;
import dev.mortise.host.deploy.Switching.Decision;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.port.DeploymentStore.Recorded;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Brings what runs to where it is wanted. Level-triggered: each pass looks at everything and does what can be done now;
 * whatever comes of it asks for a further pass. Lives on the sequencer's thread.
 */
public final class Deployer {
    private final PluginRuntime runtime;
    private final Sequence sequence;
    private final Board board;
    private final Endings endings;
    private final Starts starts;
    private final Rows rows;
    private final Wants wants = new Wants();
    private final FolderOrders inbox;
    private final Ledger ledger;
    private final Journal journal;
    private final Failures failures;
    private final Contracts contracts;
    private final SequencedOrders orders;
    private final Moving moving;
    private final Touches touches = new Touches();
    private final Planning planning;
    private Map<Path, Jar> jars = Map.of();
    private Choice choice = Choice.NOTHING;
    private Object chosenFrom = List.of();
    private boolean begun;
    private boolean stopping;

    Deployer(Parts parts, Planning planning) {
        this.runtime = parts.runtime();
        this.sequence = parts.sequence();
        this.board = parts.board();
        this.endings = parts.endings();
        this.rows = parts.rows();
        this.starts =
                new Starts(this::start, parts.sequence(), parts.permits(), rows, parts.ledger()::active, this::report);
        this.ledger = parts.ledger();
        this.journal = parts.journal();
        this.planning = planning;
        this.inbox = new FolderOrders(wants, this::serves);
        this.failures = new Failures(rows, wants);
        this.contracts = new Contracts(rows, journal);
        this.moving = new Moving(rows, endings, journal, sequence);
        this.orders = new SequencedOrders(
                new SequencedOrders.Desk(wants, rows, ledger, journal, failures, inbox, moving, this::serves),
                planning);
    }

    /** What a deployer works with. */
    record Parts(
            PluginRuntime runtime,
            Sequence sequence,
            Board board,
            Endings endings,
            Permits permits,
            Rows rows,
            Ledger ledger,
            Journal journal) {}

    /** Takes over what was desired when the container ended; what was switched in comes back before anything else. */
    public void restore(Recorded recorded, Map<Digest, Inspection> inspections) {
        Instant now = Clock.systemUTC().instant();
        new Restoration(recorded, inspections).into(wants, now);
        ledger.restore(recorded);
        inbox.restore(Restoration.files(recorded));
        rows.sync(wants);
        wants.all().stream()
                .filter(Wish::active)
                .flatMap(wish -> rows.find(wish.artifact().digest()).stream())
                .forEach(row -> row.returning(true));
        recorded.unfinished().forEach(open -> ledger.note(Journal.interrupted(open, recorded.wants(), now)));
    }

    /** Takes what lies in the folder now. */
    public void folder(Map<Path, Jar> lying) {
        Refusals.log(jars, lying);
        jars = Map.copyOf(lying);
        Set<Digest> touched = touches.of(lying);
        inbox.forget(touched);
        Map<PluginId, Optional<Artifact>> asked = new TreeMap<>(inbox.take(jars));
        Trigger trigger = begun ? Trigger.FOLDER : Trigger.BOOT;
        if (!begun) {
            wants.plugins().forEach(plugin -> asked.putIfAbsent(plugin, orders.wanted(plugin)));
        }
        begun = true;
        if (!asked.isEmpty()) {
            journal.begin(trigger, ledger.generation(), orders.changes(asked), rows, wants);
        }
        failures.retry(row -> touched.contains(row.artifact().digest()));
    }

    /** Answers who takes orders of operators. */
    public OperatorOrders orders() {
        return orders;
    }

    /** Tries again what failed and may now succeed: something outside of all plugins has changed. */
    public void platformChanged() {
        failures.retry(row -> true);
    }

    /** Takes note of what became of the class loader of a version that is gone. */
    public void loaderJudged(PluginIdentity plugin, String verdict) {
        journal.leak(plugin, verdict);
    }

    /** Hears that such a verdict was wrong. */
    public void loaderJudgedAnew(PluginIdentity plugin, String wrong, String right) {
        journal.correct(plugin, wrong, right);
    }

    /** Tells security everything anew. */
    public void securityIsNew() {
        board.securityIsNew();
    }

    /** Does what can be done now. */
    public void pass() {
        if (stopping || !begun) {
            return;
        }
        rows.sync(wants);
        rows.lie(wants, inbox);
        choose();
        Settlement settlement = new Settlement(rows, wants, choice, starts, endings, sequence);
        rows.each(settlement::settle);
        rows.each(settlement::abort);
        starts.begin(choice);
        board.probe(rows);
        Wants desired = switchOver();
        board.show(view());
        rows.all().stream().filter(Row::isToDrain).forEach(this::end);
        moving.leave();
        contracts.begin();
        boolean more = !inputs().equals(chosenFrom);
        if (!more) {
            journal.settle(rows, wants, choice.plan(), ledger.generation());
        }
        ledger.write(desired, inbox);
        if (more) {
            sequence.post(() -> {}); // what this pass did may change what is chosen
        }
    }

    /** Stops everything: no more calls, then plugin after plugin, dependents before their providers. */
    public void stopAll(Runnable afterwards) {
        stopping = true;
        new Shutdown(rows, endings, planning).begin(() -> board.showBeforeTheEnd(view()), afterwards);
    }

    private Board.View view() {
        return new Board.View(rows, jars, choice, wants, ledger.generation(), planning.held());
    }

    private boolean serves(Artifact artifact) {
        return rows.find(artifact.digest())
                .filter(row -> row.serves() || row.returning())
                .isPresent();
    }

    private void choose() {
        Object from = inputs();
        if (!from.equals(chosenFrom)) {
            choice = Selection.choose(Question.of(wants, rows), planning);
            orders.chosen(choice);
            chosenFrom = from;
        }
    }

    private Object inputs() {
        Object ran = choice.certain() ? "" : rows.incumbents();
        return List.of(
                wants.changes(), ran, rows.returning(wants), rows.blocked().keySet(), planning.held());
    }

    private Running start(Artifact artifact, Reach reach, Consumer<RunReport> reports) {
        Optional<Path> source = wants.find(artifact.digest()).flatMap(Wish::source);
        Trigger trigger = source.isPresent() ? Trigger.FOLDER : Trigger.API;
        var started = orders.changes(Map.of(artifact.id(), Optional.of(artifact)));
        journal.takeIn(trigger, ledger.generation(), started, rows, wants);
        return runtime.start(artifact, reach, reports);
    }

    private void report(Row row, RunReport report) {
        if (report instanceof RunReport.Phase && row.state() == PluginState.MIGRATING) {
            row.step(PluginState.STARTING, "", List.of());
        } else if (report instanceof RunReport.Entered entered && !row.ending()) {
            journal.enter(row.artifact(), entered.phase());
        } else if (report instanceof RunReport.Delayed delayed) {
            row.explain(delayed.problem().message(), List.of(delayed.problem()));
        } else if (report instanceof RunReport.Serving serving) {
            row.tells(serving.contribution());
            starts.giveBack(row);
        } else if (report instanceof RunReport.Moved moved) {
            moving.moved(row, moved.contribution());
        } else if (report instanceof RunReport.Stayed stayed) {
            moving.stayed(row, stayed.problem());
        } else if (report instanceof RunReport.Impaired impaired) {
            row.isImpaired(impaired.problem());
        } else if (report instanceof RunReport.Contracted contracted && !row.ending()) {
            contracts.over(row, contracted.problem());
        } else if (report instanceof RunReport.Failed failed && !row.ending()) {
            journal.fail(row.artifact());
            failures.happened(row, failed.problem());
            starts.giveBack(row);
            endings.retire(row, () -> ended(row));
        }
    }

    /**
     * Switches in what is prepared and recorded; what then has to drain and go does so once that is told. Answers what is to
     * be desired: with everything switched in that is prepared.
     */
    private Wants switchOver() {
        Standings standings = new Standings(rows, choice);
        Decision wished = Switching.decide(standings.situation(artifact -> true), planning);
        Wants desired = wants.afterSwitchOf(wished.switched(), inbox::lies);
        boolean recorded = wished.switched().stream().allMatch(ledger::active);
        Decision now = recorded ? wished : Switching.decide(standings.situation(ledger::active), planning);
        wished.switched().forEach(artifact -> journal.enter(artifact, Phase.SWITCH));
        wants.become(recorded ? desired : wants.afterSwitchOf(now.switched(), inbox::lies));
        standings.apply(now).stream().filter(row -> row.running().isEmpty()).forEach(row -> rows.renew(row, wants));
        return desired;
    }

    private void end(Row row) {
        journal.enter(row.artifact(), Phase.DRAIN);
        endings.drainAndRetire(row, () -> journal.enter(row.artifact(), Phase.RETIRE), () -> ended(row));
    }

    private void ended(Row row) {
        if (row.state() == PluginState.DRAINING) {
            row.step(PluginState.STOPPED, "", List.of());
        }
        if (row.restarting()) {
            row.restarting(false);
            row.settle(PluginState.STAGED, "", List.of());
        } else if (!row.current() && !row.failed()) {
            rows.renew(row, wants);
        }
    }
}
