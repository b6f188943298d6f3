// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what does not stop a plugin: optional dependencies that are not wired, and loops through them. */
final class Warnings {
    private final Needs needs;
    private final Waiting waiting;
    private final Map<PluginIdentity, List<String>> warnings = new TreeMap<>();

    Warnings(Needs needs, Waiting waiting) {
        this.needs = needs;
        this.waiting = waiting;
    }

    Map<PluginIdentity, List<String>> all() {
        Graph whole = needs.wholeGraph();
        for (PluginIdentity plugin : whole.ids()) {
            for (Needs.Need need : needs.of(plugin)) {
                if (!need.dependency().required()) {
                    waiting.against(need).ifPresent(problem -> warn(plugin, notWired(need, problem)));
                }
            }
        }
        whole.cycles().stream().filter(this::throughOptional).forEach(this::warnOfLoop);
        return warnings;
    }

    private static String notWired(Needs.Need need, Problem problem) {
        Dependency dependency = need.dependency();
        String start = "Optional dependency '%s' (%s) of plugin '%s' is not wired: "
                .formatted(dependency.service(), dependency.range(), need.plugin());
        if (problem instanceof Problem.VersionMismatch mismatch) {
            return start + "installed is " + mismatch.installed() + ".";
        }
        if (problem instanceof Problem.WrongOwner wrong) {
            return start + "it names plugin '" + dependency.plugin() + "', but the service belongs to plugin '"
                    + wrong.owner() + "'.";
        }
        if (problem instanceof Problem.NotOffered absent) {
            return start + "plugin '" + dependency.plugin() + "' " + absent.version() + " does not offer it.";
        }
        return problem instanceof Problem.ProviderNotReady provider
                ? start + "plugin '" + dependency.plugin() + "' is " + provider.state() + "."
                : start + "no plugin offers it.";
    }

    private boolean throughOptional(CyclePath cycle) {
        List<PluginIdentity> path = cycle.path();
        for (int i = 0; i + 1 < path.size(); i++) {
            if (!ProvidersFirst.required(needs.of(path.get(i))).contains(path.get(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private void warnOfLoop(CyclePath cycle) {
        for (PluginIdentity member : cycle.members()) {
            warn(
                    member,
                    "Plugins need each other in a loop that an optional dependency closes: " + cycle
                            + ". They start in any order and must expect the other to be away.");
        }
    }

    private void warn(PluginIdentity plugin, String text) {
        warnings.computeIfAbsent(plugin, id -> new ArrayList<>()).add(text);
    }
}
