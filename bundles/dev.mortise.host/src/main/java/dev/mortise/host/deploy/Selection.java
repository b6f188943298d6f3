// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chooses the versions that are to run. It begins with the most wanted of each plugin and plans them as one set; what can't
 * run, or would harm what runs, gives way to the next version of its place, until nothing gives way any more.
 */
final class Selection {
    private final Map<PluginId, List<Artifact>> options;
    private final Map<Digest, Problem> blocked;
    private final Map<Digest, Incumbent> incumbents;
    private final Planning planning;
    private final Map<Digest, Verdict> verdicts = new HashMap<>();
    private Map<PluginIdentity, Artifact> chosen = Map.of();
    private Plan plan;

    private Selection(Question question, Planning planning) {
        this.options = question.options();
        this.blocked = question.blocked();
        this.incumbents = question.incumbents();
        this.planning = planning;
        this.plan = plan();
    }

    /**
     * What is to be chosen from.
     *
     * @param options what may run of each plugin, in the order in which it is tried
     * @param blocked artifacts that failed, and why
     */
    record Question(
            Map<PluginId, List<Artifact>> options, Map<Digest, Problem> blocked, Map<Digest, Incumbent> incumbents) {
        Question {
            Map<PluginId, List<Artifact>> copy = new TreeMap<>();
            options.forEach((plugin, artifacts) -> copy.put(plugin, new ArrayList<>(artifacts)));
            options = copy;
            blocked = Map.copyOf(blocked);
            incumbents = Map.copyOf(incumbents);
        }

        /** Asks for what is desired, as things stand. */
        static Question of(Wants wants, Rows rows) {
            Map<PluginId, List<Artifact>> options = new TreeMap<>();
            for (PluginId plugin : wants.plugins()) {
                List<Artifact> artifacts = wants.of(plugin).stream()
                        .filter(Wish::option)
                        .sorted(Wish.inTurn(wish -> returns(wish, rows)))
                        .map(Wish::artifact)
                        .toList();
                if (!artifacts.isEmpty()) {
                    options.put(plugin, artifacts);
                }
            }
            return new Question(options, rows.blocked(), rows.incumbents());
        }

        /** Answers the question with another try of an artifact, whatever became of it before. */
        Question without(Artifact failed) {
            Map<Digest, Problem> others = new HashMap<>(blocked);
            others.remove(failed.digest());
            return new Question(options, others, incumbents);
        }

        private static boolean returns(Wish wish, Rows rows) {
            return rows.find(wish.artifact().digest()).filter(Row::returning).isPresent();
        }
    }

    /**
     * What was chosen.
     *
     * @param chosen the version of each place that is to run or to wait; where every version is refused, the last one
     * @param slots the place of everything that was to be chosen from
     * @param verdicts what becomes of it
     */
    record Choice(
            Map<Slot, Artifact> chosen,
            Map<PluginId, List<Artifact>> byPlugin,
            Map<Digest, Slot> slots,
            Map<Digest, Verdict> verdicts,
            Plan plan) {
        static final Choice NOTHING =
                new Choice(Map.of(), Map.of(), Map.of(), Map.of(), new Plan(List.of(), Map.of(), Map.of(), Map.of()));

        /** Tells whether the most wanted of everything is to run: then it does not matter what ran before. */
        boolean certain() {
            return verdicts.values().stream().allMatch(verdict -> verdict.kind() == Verdict.Kind.RUN);
        }

        /** Answers what is to run of a plugin, in the order of majors. */
        List<Artifact> of(PluginId plugin) {
            return byPlugin.getOrDefault(plugin, List.of());
        }
    }

    static Choice choose(Question question, Planning planning) {
        Selection selection = new Selection(question, planning);
        while (selection.giveWay()) {
            selection.plan = selection.plan();
        }
        return selection.choice();
    }

    /**
     * Lets those give way that must, the causes before their effects; answers false when nobody has to. What waits gives
     * way only to the version that runs: a provider that is away for a while must not bring an older version up.
     */
    private boolean giveWay() {
        return blameNewcomers()
                || demote(plan.refused(), Verdict.Kind.REFUSE, artifact -> !below(artifact)
                        .isEmpty())
                || demote(plan.waiting(), Verdict.Kind.WAIT, artifact -> incumbentBelow(artifact) && ownCause(artifact))
                || demote(plan.waiting(), Verdict.Kind.WAIT, this::incumbentBelow);
    }

    private boolean blameNewcomers() {
        Map<Digest, Problem> blamed = new Blame(chosen, incumbents).of(plan.refused(), plan.waiting());
        blamed.forEach((digest, problem) -> dismiss(digest, new Verdict(Verdict.Kind.REFUSE, List.of(problem))));
        return !blamed.isEmpty();
    }

    private boolean demote(Map<PluginIdentity, List<Problem>> problems, Verdict.Kind kind, Predicate<Artifact> rule) {
        List<PluginIdentity> demoted = problems.keySet().stream()
                .filter(identity -> rule.test(Known.get(chosen, identity)))
                .toList();
        demoted.forEach(identity ->
                dismiss(Known.get(chosen, identity).digest(), new Verdict(kind, Known.get(problems, identity))));
        return !demoted.isEmpty();
    }

    private boolean ownCause(Artifact artifact) {
        return Known.get(plan.waiting(), artifact.identity()).stream()
                .anyMatch(problem -> !(problem instanceof Problem.ProviderNotReady));
    }

    private boolean incumbentBelow(Artifact artifact) {
        return below(artifact).stream().anyMatch(other -> incumbents.containsKey(other.digest()));
    }

    /** Answers what could take the place of a chosen one. */
    private List<Artifact> below(Artifact artifact) {
        return Slot.of(Known.get(options, artifact.id())).values().stream()
                .filter(versions -> versions.get(0).digest().equals(artifact.digest()))
                .flatMap(versions -> versions.stream().skip(1))
                .toList();
    }

    private void dismiss(Digest digest, Verdict verdict) {
        verdicts.put(digest, verdict);
        options.values()
                .forEach(artifacts ->
                        artifacts.removeIf(artifact -> artifact.digest().equals(digest)));
        options.values().removeIf(List::isEmpty);
    }

    private Plan plan() {
        chosen = new TreeMap<>();
        places().values().forEach(versions -> chosen.put(versions.get(0).identity(), versions.get(0)));
        return planning.plan(chosen.values().stream()
                .map(artifact -> new Candidate(
                        artifact.manifest(), artifact.digest(), Optional.ofNullable(blocked.get(artifact.digest()))))
                .toList());
    }

    private Map<Slot, List<Artifact>> places() {
        Map<Slot, List<Artifact>> places = new TreeMap<>();
        options.values().forEach(artifacts -> places.putAll(Slot.of(artifacts)));
        return places;
    }

    private Choice choice() {
        Map<Slot, Artifact> winners = new TreeMap<>();
        Map<Digest, Slot> slots = new HashMap<>();
        places().forEach((slot, versions) -> {
            Artifact winner = versions.get(0);
            winners.put(slot, winner);
            verdicts.put(winner.digest(), verdict(winner));
            versions.forEach(artifact -> slots.put(artifact.digest(), slot));
            versions.stream()
                    .skip(1)
                    .forEach(artifact -> verdicts.put(artifact.digest(), Verdict.superseded(artifact, winner)));
        });
        Map<PluginId, List<Artifact>> byPlugin = winners.values().stream().collect(Collectors.groupingBy(Artifact::id));
        return new Choice(winners, byPlugin, Map.copyOf(slots), Map.copyOf(verdicts), plan);
    }

    private Verdict verdict(Artifact winner) {
        PluginIdentity identity = winner.identity();
        if (plan.refused().containsKey(identity)) {
            return new Verdict(Verdict.Kind.REFUSE, Known.get(plan.refused(), identity));
        }
        return plan.waiting().containsKey(identity)
                ? new Verdict(Verdict.Kind.WAIT, Known.get(plan.waiting(), identity))
                : Verdict.RUN;
    }
}
