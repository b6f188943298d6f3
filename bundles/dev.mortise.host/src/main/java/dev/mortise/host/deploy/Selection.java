// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.rules.plan.Planner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Chooses the version of each plugin that is to run. It begins with the most wanted of each and plans them as one set;
 * what can't run, or would harm what runs, gives way to the next version of its plugin, until nothing gives way any more.
 */
final class Selection {
    private final Map<PluginId, List<Artifact>> options = new TreeMap<>();
    private final Map<Digest, Problem> blocked;
    private final Map<PluginId, Incumbent> incumbents;
    private final Version host;
    private final Map<Digest, Verdict> verdicts = new HashMap<>();
    private Plan plan;

    private Selection(Lineup lineup, Map<Digest, Problem> blocked, Map<PluginId, Incumbent> incumbents, Version host) {
        lineup.options().forEach((plugin, artifacts) -> options.put(plugin, new ArrayList<>(artifacts)));
        lineup.refused().forEach((digest, problem) -> refuse(digest, List.of(problem)));
        this.blocked = blocked;
        this.incumbents = incumbents;
        this.host = host;
        this.plan = plan();
    }

    /**
     * What was chosen.
     *
     * @param chosen the version of each plugin that is to run or to wait; of a plugin whose every version is refused, the
     *     last one
     * @param verdicts what becomes of every artifact
     */
    record Choice(Map<PluginId, Artifact> chosen, Map<Digest, Verdict> verdicts, Plan plan) {
        static final Choice NOTHING = new Choice(Map.of(), Map.of(), new Plan(List.of(), Map.of(), Map.of(), Map.of()));

        /** Answers what was chosen, without anything that changes while it is the same artifacts. */
        List<Digest> digests() {
            return chosen.values().stream().map(Artifact::digest).toList();
        }
    }

    /**
     * Chooses.
     *
     * @param blocked artifacts that failed, and why
     */
    static Choice choose(
            Lineup lineup, Map<Digest, Problem> blocked, Map<PluginId, Incumbent> incumbents, Version host) {
        Selection selection = new Selection(lineup, blocked, incumbents, host);
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
                || demote(plan.refused(), Verdict.Kind.REFUSE, plugin -> true)
                || demote(plan.waiting(), Verdict.Kind.WAIT, plugin -> incumbentLeft(plugin) && ownCause(plugin))
                || demote(plan.waiting(), Verdict.Kind.WAIT, this::incumbentLeft);
    }

    private boolean blameNewcomers() {
        Map<PluginId, Problem> blamed = new Blame(chosen(), incumbents).of(plan.refused(), plan.waiting());
        blamed.forEach((plugin, problem) -> {
            refuse(left(plugin).get(0).digest(), List.of(problem));
            advance(plugin);
        });
        return !blamed.isEmpty();
    }

    private boolean demote(Map<PluginId, List<Problem>> problems, Verdict.Kind kind, Predicate<PluginId> rule) {
        List<PluginId> demoted = problems.keySet().stream()
                .filter(plugin -> left(plugin).size() > 1 && rule.test(plugin))
                .toList();
        demoted.forEach(plugin -> {
            verdicts.put(left(plugin).get(0).digest(), new Verdict(kind, Known.get(problems, plugin)));
            advance(plugin);
        });
        return !demoted.isEmpty();
    }

    private boolean ownCause(PluginId plugin) {
        return Known.get(plan.waiting(), plugin).stream()
                .anyMatch(problem -> !(problem instanceof Problem.ProviderNotReady));
    }

    private boolean incumbentLeft(PluginId plugin) {
        Incumbent incumbent = incumbents.get(plugin);
        return incumbent != null
                && left(plugin).stream().skip(1).anyMatch(artifact -> artifact.digest()
                        .equals(incumbent.artifact().digest()));
    }

    private List<Artifact> left(PluginId plugin) {
        return Known.get(options, plugin);
    }

    private void refuse(Digest digest, List<Problem> problems) {
        verdicts.put(digest, new Verdict(Verdict.Kind.REFUSE, problems));
    }

    private void advance(PluginId plugin) {
        left(plugin).remove(0);
        if (left(plugin).isEmpty()) {
            options.remove(plugin);
        }
    }

    private Map<PluginId, Artifact> chosen() {
        Map<PluginId, Artifact> chosen = new TreeMap<>();
        options.forEach((plugin, artifacts) -> chosen.put(plugin, artifacts.get(0)));
        return chosen;
    }

    private Plan plan() {
        return Planner.plan(
                chosen().values().stream()
                        .map(artifact -> new Candidate(
                                artifact.manifest(),
                                artifact.digest(),
                                Optional.ofNullable(blocked.get(artifact.digest()))))
                        .toList(),
                host);
    }

    private Choice choice() {
        options.forEach((plugin, artifacts) -> {
            verdicts.put(artifacts.get(0).digest(), verdict(plugin));
            artifacts.stream().skip(1).forEach(artifact -> verdicts.put(artifact.digest(), Verdict.SUPERSEDED));
        });
        return new Choice(chosen(), Map.copyOf(verdicts), plan);
    }

    private Verdict verdict(PluginId plugin) {
        if (plan.refused().containsKey(plugin)) {
            return new Verdict(Verdict.Kind.REFUSE, Known.get(plan.refused(), plugin));
        }
        return plan.waiting().containsKey(plugin)
                ? new Verdict(Verdict.Kind.WAIT, Known.get(plan.waiting(), plugin))
                : Verdict.RUN;
    }
}
