// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.testkit.PluginBuilder;
import java.util.Arrays;
import java.util.List;

/** Plans and what tests read in them. */
final class Plans {
    static final Version HOST = new Version("1.0.0");

    private Plans() {}

    static Plan plan(PluginBuilder... plugins) {
        List<Candidate> candidates =
                Arrays.stream(plugins).map(PluginBuilder::candidate).toList();
        return Planner.plan(candidates, HOST);
    }

    /** Answers the plugin of this id in the version that the builder gives by itself. */
    static PluginIdentity id(String text) {
        return new PluginIdentity(new PluginId(text), new Version("1.0.0"));
    }

    static String groups(Plan plan) {
        return String.join(
                " ",
                plan.groups().stream()
                        .map(group -> group.members().stream()
                                .map(member -> member.manifest().id())
                                .toList()
                                .toString())
                        .toList());
    }

    static List<String> waiting(Plan plan, String plugin) {
        return plan.waiting().get(id(plugin)).stream().map(Problem::message).toList();
    }

    static List<String> refused(Plan plan, String plugin) {
        return plan.refused().get(id(plugin)).stream().map(Problem::message).toList();
    }
}
