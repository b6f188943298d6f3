// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.deploy.Selection.Question;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.admin.Preview.Planned;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.port.DeploymentStore.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes orders of operators: each is judged against what is desired at that moment, and recorded before it is answered.
 * Lives on the sequencer's thread.
 */
final class SequencedOrders implements OperatorOrders {
    private final Desk desk;
    private final Planning planning;
    private final Conflicts conflicts;
    private Choice choice = Choice.NOTHING;

    SequencedOrders(Desk desk, Planning planning) {
        this.desk = desk;
        this.planning = planning;
        this.conflicts = new Conflicts(desk.rows(), desk.journal());
    }

    /** What orders are judged by and change. */
    record Desk(
            Wants wants,
            Rows rows,
            Ledger ledger,
            Journal journal,
            Failures failures,
            FolderOrders inbox,
            Moving moving,
            Predicate<Artifact> serves) {}

    void chosen(Choice now) {
        choice = now;
    }

    @Override
    public long generation() {
        return desk.ledger().generation();
    }

    @Override
    public Answer install(Artifact artifact, boolean downgrade, Trigger trigger, long asOf) {
        Optional<Answer> conflict = conflict(artifact.id(), asOf, row -> Conflicts.givesWay(row, artifact, downgrade));
        if (conflict.isPresent()) {
            return conflict.get();
        }
        Optional<Wish> known = desk.wants().find(artifact.digest());
        if (known.filter(Wish::active).isPresent()) {
            desk.failures().retryByOrder(failed(artifact));
            return taken(trigger, artifact.id(), Optional.of(artifact), nobodyCameSince -> {});
        }
        Optional<Note> note = new Admission(desk.wants(), desk.serves())
                .against(new Admission.Request(artifact, Optional.empty(), downgrade));
        if (note.isPresent()) {
            return refused(Verdict.of(note.get()));
        }
        return judged(artifact, with(artifact), trigger);
    }

    /** Answers what is desired when an artifact is asked for by order. */
    private Wants with(Artifact artifact) {
        Wants next = desk.wants().copy();
        next.of(artifact.id()).stream()
                .filter(other -> isMended(other, artifact))
                .forEach(other -> next.replace(other, artifact, desk.inbox().lies(other)));
        next.put(Wish.pending(artifact, next.find(artifact.digest()).flatMap(Wish::source)));
        return next;
    }

    /** Tells whether nobody waits for it any more when the other one comes: it is being started, or the same version. */
    private boolean isMended(Wish wish, Artifact next) {
        Artifact now = wish.artifact();
        boolean changes =
                desk.rows().find(now.digest()).filter(Conflicts::changes).isPresent();
        return !wish.active()
                && wish.option()
                && Wish.rivals(now, next)
                && (changes || now.identity().equals(next.identity()));
    }

    @Override
    public Answer rollback(Artifact artifact) {
        Optional<Answer> conflict = conflict(
                artifact.id(),
                Conflicts.NOW,
                row -> !row.prepared() && !row.artifact().digest().equals(artifact.digest()));
        if (conflict.isPresent()) {
            return conflict.get();
        }
        Wants next = desk.wants().copy();
        next.of(artifact.id()).stream()
                .filter(other -> !other.active() && Wish.rivals(artifact, other.artifact()))
                .forEach(other -> next.put(other.parked(Wants.superseded(other.artifact(), artifact))));
        Optional<Wish> known = next.find(artifact.digest());
        if (known.filter(Wish::active).isPresent()) {
            return refused(artifact.identity() + " is the version that runs already.", List.of());
        }
        next.put(Wish.pending(artifact, known.flatMap(Wish::source)));
        return judged(artifact, next, Trigger.ROLLBACK);
    }

    @Override
    public Answer uninstall(PluginId plugin, boolean force, Trigger trigger) {
        Optional<Answer> conflict = force ? Optional.empty() : conflict(plugin, Conflicts.NOW, row -> !row.prepared());
        if (conflict.isPresent()) {
            return conflict.get();
        }
        List<PluginId> dependents = new Dependents(desk.wants(), desk.rows()).of(plugin);
        if (!force && !dependents.isEmpty()) {
            return new Answer.Refused(
                    Dependents.refusal(plugin, dependents),
                    List.of(),
                    dependents,
                    desk.ledger().generation());
        }
        Runnable before = desk.wants().remove(plugin);
        return taken(trigger, plugin, Optional.empty(), nobodyCameSince -> {
            if (nobodyCameSince) {
                before.run();
            }
        });
    }

    @Override
    public Answer restart(PluginId plugin, Trigger trigger) {
        Optional<Answer> conflict = conflict(plugin, Conflicts.NOW, row -> row.starting() && !row.restarting());
        if (conflict.isPresent()) {
            return conflict.get();
        }
        List<Row> failed = desk.rows().of(plugin).stream().filter(Row::failed).toList();
        desk.failures().retryByOrder(failed);
        List<Row> starting =
                desk.rows().of(plugin).stream().filter(Row::starting).toList();
        List<Row> standing =
                desk.rows().current(plugin).stream().filter(Row::stands).toList();
        if (failed.isEmpty()) {
            (starting.isEmpty() ? standing : starting).forEach(row -> row.restarting(true));
        }
        return taken(trigger, plugin, wanted(plugin), nobodyCameSince -> {});
    }

    @Override
    public Answer move(PluginId plugin, String location, Trigger trigger) {
        return conflict(plugin, Conflicts.NOW, row -> false)
                .or(() -> desk.moving().objection(plugin, location).map(why -> refused(why, List.of())))
                .orElseGet(() -> moves(plugin, location, trigger));
    }

    private Answer moves(PluginId plugin, String location, Trigger trigger) {
        Answer taken = taken(trigger, plugin, wanted(plugin), nobodyCameSince -> {});
        desk.moving().begin(plugin, location);
        return taken;
    }

    @Override
    public Planned preview(Artifact artifact, boolean downgrade, Function<Problem, Why.Item> items) {
        boolean active =
                desk.wants().find(artifact.digest()).filter(Wish::active).isPresent();
        Optional<Note> note = active
                ? Optional.empty()
                : new Admission(desk.wants(), desk.serves())
                        .against(new Admission.Request(artifact, Optional.empty(), downgrade));
        Wants next = active ? desk.wants() : with(artifact);
        Map<Digest, Artifact> known = next.all().stream()
                .map(Wish::artifact)
                .collect(Collectors.toMap(Artifact::digest, Function.identity()));
        Choice would = Selection.choose(Question.of(next, desk.rows()).without(artifact), planning);
        Outlook outlook = new Outlook(would, choice, desk.rows(), known, items);
        long generation = desk.ledger().generation();
        return note.isPresent()
                ? outlook.dismissed(generation, artifact, Verdict.of(note.get()))
                : outlook.planned(generation);
    }

    @Override
    public Optional<String> disturbed(PluginId plugin) {
        return new Resting(desk.wants(), desk.rows()).disturbed(plugin);
    }

    @Override
    public Optional<String> needed(PluginId plugin) {
        return new Resting(desk.wants(), desk.rows()).needed(plugin);
    }

    /** Answers the artifact of a plugin that is asked for, or else the one that runs. */
    Optional<Artifact> wanted(PluginId plugin) {
        return desk.wants().of(plugin).stream()
                .filter(Wish::option)
                .min(Wish.inTurn(wish -> false))
                .map(Wish::artifact);
    }

    /** Words what is asked for as what changes from what is switched in. */
    Map<PluginId, OpenDeployment.Change> changes(Map<PluginId, Optional<Artifact>> asked) {
        Map<PluginId, OpenDeployment.Change> changes = new TreeMap<>();
        asked.forEach((plugin, artifact) -> changes.put(
                plugin,
                new OpenDeployment.Change(
                        desk.rows().current(plugin).stream()
                                .map(Row::artifact)
                                .filter(now -> artifact.filter(next -> !goesFor(next, now))
                                        .isEmpty())
                                .map(now -> now.manifest().version())
                                .findFirst(),
                        artifact)));
        return changes;
    }

    /** Majors that run side by side are not changed by each other. */
    private static boolean goesFor(Artifact next, Artifact now) {
        return next.digest().equals(now.digest()) || Wish.rivals(next, now);
    }

    private Optional<Answer> conflict(PluginId plugin, long asOf, Predicate<Row> givesWay) {
        return conflicts.against(plugin, asOf, givesWay).map(why -> refused(why, List.of()));
    }

    /** Takes the order unless the plan refuses the artifact: what harms nobody may wait. */
    private Answer judged(Artifact artifact, Wants next, Trigger trigger) {
        Choice would = Selection.choose(Question.of(next, desk.rows()).without(artifact), planning);
        Verdict verdict = Known.get(would.verdicts(), artifact.digest());
        if (verdict.kind() == Verdict.Kind.REFUSE) {
            return refused(verdict);
        }
        Runnable before = desk.wants().undo(artifact.id());
        List<Row> failed = failed(artifact);
        desk.wants().become(next);
        desk.failures().retryByOrder(failed);
        return taken(
                trigger,
                artifact.id(),
                Optional.of(artifact),
                nobodyCameSince -> takeBack(artifact, before, nobodyCameSince));
    }

    private List<Row> failed(Artifact artifact) {
        return desk.rows().find(artifact.digest()).filter(Row::failed).stream().toList();
    }

    /** What could not be recorded is as if it had never been asked for, unless it runs already. */
    private void takeBack(Artifact artifact, Runnable before, boolean nobodyCameSince) {
        boolean runs = desk.rows().find(artifact.digest()).filter(Row::current).isPresent();
        if (runs) {
            return;
        }
        desk.wants().of(artifact.id()).stream()
                .filter(wish -> nobodyCameSince || wish.artifact().digest().equals(artifact.digest()))
                .forEach(desk.wants()::remove);
        if (nobodyCameSince) {
            before.run();
        }
    }

    private Answer taken(Trigger trigger, PluginId plugin, Optional<Artifact> artifact, Consumer<Boolean> undo) {
        String id = desk.journal()
                .begin(
                        trigger,
                        desk.ledger().generation(),
                        changes(Map.of(plugin, artifact)),
                        desk.rows(),
                        desk.wants());
        CompletableFuture<Long> recorded = desk.ledger().recorded();
        conflicts.taken(plugin, recorded);
        return new Answer.Taken(id, recorded, () -> undo.accept(conflicts.isLast(plugin, recorded)));
    }

    private Answer refused(Verdict verdict) {
        return refused(verdict.reason(), verdict.problems());
    }

    private Answer refused(String message, List<Problem> problems) {
        return new Answer.Refused(message, problems, List.of(), desk.ledger().generation());
    }
}
