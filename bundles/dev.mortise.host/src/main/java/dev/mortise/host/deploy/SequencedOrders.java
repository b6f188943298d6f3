// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.deploy.Selection.Question;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.admin.Preview.Planned;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.port.DeploymentStore.Note;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    private Choice choice = Choice.NOTHING;

    SequencedOrders(Desk desk, Planning planning) {
        this.desk = desk;
        this.planning = planning;
    }

    /** What orders are judged by and change. */
    record Desk(
            Wants wants,
            Rows rows,
            Ledger ledger,
            Journal journal,
            Failures failures,
            FolderOrders inbox,
            Predicate<Artifact> serves) {}

    void chosen(Choice now) {
        choice = now;
    }

    @Override
    public Answer install(Artifact artifact, boolean downgrade, Trigger trigger) {
        Optional<Answer> conflict = conflict(artifact.id());
        if (conflict.isPresent()) {
            return conflict.get();
        }
        Optional<Wish> known = desk.wants().find(artifact.digest());
        if (known.filter(Wish::active).isPresent()) {
            desk.failures().retryByOrder(failed(artifact));
            return taken(trigger, artifact.id(), Optional.of(artifact), () -> {});
        }
        Optional<Note> note = new Admission(desk.wants(), desk.serves())
                .against(new Admission.Request(artifact, Optional.empty(), downgrade));
        if (note.isPresent()) {
            return refused(Verdict.of(note.get()));
        }
        Wants next = desk.wants().copy();
        next.put(Wish.pending(artifact, known.flatMap(Wish::source)));
        return judged(artifact, next, trigger);
    }

    @Override
    public Answer rollback(Artifact artifact) {
        Optional<Answer> conflict = conflict(artifact.id());
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
        Optional<Answer> conflict = force ? Optional.empty() : conflict(plugin);
        if (conflict.isPresent()) {
            return conflict.get();
        }
        List<Wish> before = desk.wants().of(plugin);
        desk.wants().of(plugin).forEach(desk.wants()::remove);
        return taken(trigger, plugin, Optional.empty(), () -> before.forEach(desk.wants()::put));
    }

    @Override
    public Answer restart(PluginId plugin, Trigger trigger) {
        Optional<Answer> conflict = conflict(plugin);
        if (conflict.isPresent()) {
            return conflict.get();
        }
        List<Row> failed = desk.rows().of(plugin).stream().filter(Row::failed).toList();
        desk.failures().retryByOrder(failed);
        if (failed.isEmpty()) {
            desk.rows().current(plugin).stream().filter(Row::stands).forEach(row -> row.restarting(true));
        }
        return taken(trigger, plugin, wanted(plugin), () -> {});
    }

    @Override
    public Planned preview(Artifact artifact, boolean downgrade, Function<Problem, Why.Item> items) {
        Wants next = desk.wants().copy();
        Optional<Note> note = next.find(artifact.digest()).filter(Wish::active).isPresent()
                ? Optional.empty()
                : new Admission(next, desk.serves())
                        .against(new Admission.Request(artifact, Optional.empty(), downgrade));
        if (next.find(artifact.digest()).filter(Wish::active).isEmpty()) {
            next.put(Wish.pending(artifact, Optional.empty()));
        }
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
                                .map(row -> row.artifact().manifest().version())
                                .findFirst(),
                        artifact.map(next -> next.manifest().version()),
                        artifact.map(Artifact::digest))));
        return changes;
    }

    /** One order for a plugin at a time: whoever comes while it changes is told so. */
    private Optional<Answer> conflict(PluginId plugin) {
        boolean changing = desk.rows().of(plugin).stream().anyMatch(SequencedOrders::changes)
                || desk.wants().of(plugin).stream().anyMatch(this::isNews);
        String deployment = desk.journal()
                .running(Set.of(plugin))
                .map(id -> " by deployment " + id)
                .orElse("");
        return changing
                ? Optional.of(refused(
                        "Plugin '%s' is being changed%s. Wait until that has ended, and ask again."
                                .formatted(plugin, deployment),
                        List.of()))
                : Optional.empty();
    }

    /** Tells whether somebody asked for it and no pass has looked at it yet. */
    private boolean isNews(Wish wish) {
        return wish.pending()
                && desk.rows()
                        .find(wish.artifact().digest())
                        .filter(row -> row.state() != PluginState.STAGED)
                        .isEmpty();
    }

    private static boolean changes(Row row) {
        return row.restarting()
                || switch (row.state()) {
                    case RESOLVED, MIGRATING, STARTING -> true;
                    default -> false;
                };
    }

    /** Takes the order unless the plan refuses the artifact: what harms nobody may wait. */
    private Answer judged(Artifact artifact, Wants next, Trigger trigger) {
        Choice would = Selection.choose(Question.of(next, desk.rows()).without(artifact), planning);
        Verdict verdict = Known.get(would.verdicts(), artifact.digest());
        if (verdict.kind() == Verdict.Kind.REFUSE) {
            return refused(verdict);
        }
        List<Wish> before = desk.wants().of(artifact.id());
        List<Row> failed = failed(artifact);
        desk.wants().become(next);
        desk.failures().retryByOrder(failed);
        return taken(trigger, artifact.id(), Optional.of(artifact), () -> takeBack(artifact, before));
    }

    private List<Row> failed(Artifact artifact) {
        return desk.rows().find(artifact.digest()).filter(Row::failed).stream().toList();
    }

    /** What could not be recorded is as if it had never been asked for, unless it runs already. */
    private void takeBack(Artifact artifact, List<Wish> before) {
        boolean runs = desk.rows().find(artifact.digest()).filter(Row::current).isPresent();
        if (!runs) {
            desk.wants().of(artifact.id()).forEach(desk.wants()::remove);
            before.forEach(desk.wants()::put);
        }
    }

    private Answer taken(Trigger trigger, PluginId plugin, Optional<Artifact> artifact, Runnable undo) {
        String id = desk.journal().begin(trigger, desk.ledger().generation(), changes(Map.of(plugin, artifact)));
        return new Answer.Taken(id, desk.ledger().recorded(), undo);
    }

    private Answer refused(Verdict verdict) {
        return refused(verdict.reason(), verdict.problems());
    }

    private Answer refused(String message, List<Problem> problems) {
        return new Answer.Refused(message, problems, desk.ledger().generation());
    }
}
