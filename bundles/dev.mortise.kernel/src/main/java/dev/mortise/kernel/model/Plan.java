// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be done so that the desired set runs, as a value: every candidate is in exactly one of groups, waiting and
 * refused.
 *
 * @param groups plugins that depend on each other, each group's members in the order of their start; groups in order
 * @param waiting candidates whose required dependencies are not served, with every reason
 * @param refused candidates that can't run as they are, with every reason
 * @param warnings what does not stop a plugin: optional dependencies that are not wired, loops through optional edges
 */
public record Plan(
        List<Group> groups,
        Map<PluginIdentity, List<Problem>> waiting,
        Map<PluginIdentity, List<Problem>> refused,
        Map<PluginIdentity, List<String>> warnings) {
    /** Plugins that are switched together. */
    public record Group(List<Candidate> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    public Plan {
        groups = List.copyOf(groups);
        waiting = ordered(waiting);
        refused = ordered(refused);
        warnings = ordered(warnings);
    }

    // ordered by identity, so that equal plans also look equal
    private static <T> Map<PluginIdentity, List<T>> ordered(Map<PluginIdentity, List<T>> reasons) {
        Map<PluginIdentity, List<T>> copy = new TreeMap<>();
        reasons.forEach((id, list) -> copy.put(id, List.copyOf(list)));
        return Collections.unmodifiableMap(copy);
    }
}
