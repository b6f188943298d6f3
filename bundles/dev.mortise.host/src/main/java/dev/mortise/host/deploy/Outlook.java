// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Preview.Judged;
import dev.mortise.kernel.admin.Preview.Planned;
import dev.mortise.kernel.admin.Preview.Step;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What would come of asking for an artifact, told as the difference to what is.
 *
 * @param would what would be chosen
 * @param is what is chosen now
 * @param items words a problem
 */
record Outlook(Choice would, Choice is, Rows rows, Map<Digest, Artifact> known, Function<Problem, Why.Item> items) {
    /** Answers the plan with the artifact in it. */
    Planned planned(long generation) {
        List<Preview.Group> groups = new ArrayList<>();
        would.plan().groups().forEach(group -> {
            List<Step> steps = group.members().stream()
                    .filter(member -> starts(member.digest()))
                    .map(this::step)
                    .toList();
            if (!steps.isEmpty()) {
                groups.add(new Preview.Group(steps));
            }
        });
        return new Planned(generation, groups, judged(Verdict.Kind.WAIT), judged(Verdict.Kind.REFUSE));
    }

    /** Answers the plan for an artifact that would not even be planned. */
    Planned dismissed(long generation, Artifact artifact, Verdict verdict) {
        Judged judged = judged(artifact, verdict);
        boolean refused = verdict.kind() == Verdict.Kind.REFUSE;
        return new Planned(
                generation, List.of(), refused ? List.of() : List.of(judged), refused ? List.of(judged) : List.of());
    }

    private boolean starts(Digest digest) {
        return rows.find(digest).filter(Row::current).isEmpty();
    }

    private Step step(Candidate candidate) {
        var version = candidate.manifest().version();
        Optional<Row> replaced = rows.current(candidate.manifest().id()).stream()
                .filter(row -> Wish.rivals(row.artifact(), Known.get(known, candidate.digest())))
                .findFirst();
        String action = replaced.map(
                        row -> row.artifact().manifest().version().compareTo(version) > 0 ? "downgrade" : "update")
                .orElse("install");
        return new Step(candidate.manifest().id().value(), version.text(), action);
    }

    /** What stands today as it would stand then is no news. */
    private List<Judged> judged(Verdict.Kind kind) {
        List<Judged> judged = new ArrayList<>();
        would.verdicts().forEach((digest, verdict) -> {
            if (verdict.kind() == kind && !verdict.equals(is.verdicts().get(digest))) {
                judged.add(judged(Known.get(known, digest), verdict));
            }
        });
        judged.sort(Comparator.comparing(Judged::plugin).thenComparing(Judged::version));
        return judged;
    }

    private Judged judged(Artifact artifact, Verdict verdict) {
        List<Why.Item> problems = verdict.problems().isEmpty()
                ? List.of(items.apply(new Problem.Clash(
                        artifact.id(), artifact.id(), verdict.reason(), "Ask for a downgrade to go back to it.")))
                : verdict.problems().stream().map(items).toList();
        return new Judged(artifact.id().value(), artifact.manifest().version().text(), problems);
    }
}
