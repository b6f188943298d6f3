// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the newcomers of a plan that harm what runs: they are refused, whoever they are, and what runs goes on. */
final class Blame {
    private final Map<PluginId, Artifact> chosen;
    private final Map<PluginId, Incumbent> incumbents;

    Blame(Map<PluginId, Artifact> chosen, Map<PluginId, Incumbent> incumbents) {
        this.chosen = chosen;
        this.incumbents = incumbents;
    }

    /** Answers who is to blame for these problems of plugins, and why. */
    Map<PluginId, Problem> of(Map<PluginId, List<Problem>> refused, Map<PluginId, List<Problem>> waiting) {
        Map<PluginId, Problem> blamed = new TreeMap<>();
        List.of(refused, waiting)
                .forEach(problems -> problems.forEach((plugin, reasons) -> {
                    if (goesOn(plugin)) {
                        reasons.forEach(reason -> accuse(plugin, reason, blamed));
                    }
                }));
        return blamed;
    }

    private void accuse(PluginId harmed, Problem reason, Map<PluginId, Problem> blamed) {
        mentioned(reason).stream().filter(this::newcomer).forEach(plugin -> {
            String running = Known.get(chosen, harmed).identity().toString();
            String text = "%s is refused because it would break %s, which runs: %s"
                    .formatted(Known.get(chosen, plugin).identity(), running, reason.message());
            String remedy = "Deploy a version of '%s' that agrees with it, or remove '%s'.".formatted(harmed, harmed);
            blamed.putIfAbsent(plugin, new Problem.Clash(plugin, harmed, text, remedy));
        });
    }

    private boolean goesOn(PluginId plugin) {
        Incumbent incumbent = incumbents.get(plugin);
        return incumbent != null && incumbent.serves() && is(plugin, incumbent);
    }

    private boolean newcomer(PluginId plugin) {
        Incumbent incumbent = incumbents.get(plugin);
        return chosen.containsKey(plugin) && (incumbent == null || !is(plugin, incumbent));
    }

    private boolean is(PluginId plugin, Incumbent incumbent) {
        Artifact artifact = chosen.get(plugin);
        return artifact != null && artifact.digest().equals(incumbent.artifact().digest());
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
