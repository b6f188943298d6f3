// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A cycle, written from its smallest id back to that id. */
record CyclePath(List<PluginIdentity> path) {
    /** Turns the members, in their order around the cycle, so that the smallest comes first and last. */
    static CyclePath through(List<PluginIdentity> members) {
        List<PluginIdentity> path = new ArrayList<>(members);
        Collections.rotate(path, -path.indexOf(Collections.min(path)));
        path.add(path.get(0));
        return new CyclePath(List.copyOf(path));
    }

    List<PluginIdentity> members() {
        return path.subList(0, path.size() - 1);
    }

    /** Adds the cycle to what refuses each of its members. */
    void refuse(Map<PluginIdentity, List<Problem>> refused) {
        for (PluginIdentity member : members()) {
            List<Problem> problems = refused.computeIfAbsent(member, id -> new ArrayList<>());
            if (problems.stream().noneMatch(Problem.DependencyCycle.class::isInstance)) {
                problems.add(new Problem.DependencyCycle(ids()));
            }
        }
    }

    private List<PluginId> ids() {
        return path.stream().map(PluginIdentity::id).toList();
    }

    @Override
    public String toString() {
        return ids().stream().map(PluginId::value).collect(Collectors.joining(" -> "));
    }
}
