// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the newcomers of a plan that harm what runs: they are refused, whoever they are, and what runs goes on. */
final class Blame {
    private final Map<PluginIdentity, Artifact> chosen;
    private final Map<Digest, Incumbent> incumbents;

    Blame(Map<PluginIdentity, Artifact> chosen, Map<Digest, Incumbent> incumbents) {
        this.chosen = chosen;
        this.incumbents = incumbents;
    }

    /** Answers who is to blame for these problems of plugins, and why. */
    Map<Digest, Problem> of(Map<PluginIdentity, List<Problem>> refused, Map<PluginIdentity, List<Problem>> waiting) {
        Map<Digest, Problem> blamed = new LinkedHashMap<>();
        List.of(refused, waiting)
                .forEach(problems -> problems.forEach((identity, reasons) -> {
                    Artifact harmed = Known.get(chosen, identity);
                    if (goesOn(harmed)) {
                        reasons.forEach(reason -> accuse(harmed, reason, blamed));
                    }
                }));
        return blamed;
    }

    private void accuse(Artifact harmed, Problem reason, Map<Digest, Problem> blamed) {
        Set<PluginId> mentioned = mentioned(reason);
        chosen.values().stream()
                .filter(artifact -> mentioned.contains(artifact.id()) && !incumbents.containsKey(artifact.digest()))
                .forEach(newcomer -> blamed.putIfAbsent(newcomer.digest(), charge(newcomer, harmed, reason)));
    }

    private Problem charge(Artifact newcomer, Artifact harmed, Problem reason) {
        String why = "%s is refused because it would break %s, which runs: "
                .formatted(newcomer.identity(), harmed.identity());
        if (reason instanceof Problem.DependencyCycle cycle) {
            return new Problem.DependencyCycle(cycle.path(), why);
        }
        String beside = isNewMajor(newcomer, reason)
                ? ", or write \"coexist\": true below \"runtime\" in %s, so that the version that runs goes on beside it"
                        .formatted(newcomer.identity())
                : "";
        String remedy = "Deploy a version of '%s' that agrees with it, or remove '%s'%s."
                .formatted(harmed.id(), harmed.id(), beside);
        return new Problem.Clash(newcomer.id(), harmed.id(), why + reason.message(), remedy);
    }

    /** Tells whether a version would take the place of one of another major that still has users. */
    private boolean isNewMajor(Artifact newcomer, Problem reason) {
        boolean taken = reason instanceof Problem.VersionMismatch || reason instanceof Problem.NotOffered;
        return taken
                && incumbents.values().stream()
                        .map(Incumbent::artifact)
                        .anyMatch(running -> running.id().equals(newcomer.id())
                                && !running.manifest()
                                        .version()
                                        .major()
                                        .equals(newcomer.manifest().version().major()));
    }

    private boolean goesOn(Artifact artifact) {
        Incumbent incumbent = incumbents.get(artifact.digest());
        return incumbent != null && incumbent.serves();
    }

    /** The other plugins that a problem speaks of. */
    static Set<PluginId> mentioned(Problem problem) {
        if (problem instanceof Problem.Clash clash) {
            return Set.of(clash.owner());
        }
        if (problem instanceof Problem.DependencyCycle cycle) {
            return Set.copyOf(cycle.path());
        }
        if (problem instanceof Problem.WrongOwner wrong) {
            return Set.of(wrong.owner());
        }
        return problem instanceof Problem.Unserved need
                ? Set.of(need.dependency().plugin())
                : Set.of();
    }
}
