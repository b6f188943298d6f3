// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The place that one version of a plugin takes: the plugin itself, or one of its majors where they run side by side.
 *
 * @param major empty where there is one place only
 */
record Slot(PluginId id, String major) implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER = Comparator.comparing(Slot::id).thenComparing(Slot::major);

    /**
     * Sorts versions of a plugin into their places; the order within each is kept. What the highest one says of coexisting
     * holds for all: a lower one can't know of it.
     */
    static Map<Slot, List<Artifact>> of(List<Artifact> versions) {
        boolean coexist = versions.stream()
                .max(Comparator.comparing(artifact -> artifact.manifest().version()))
                .filter(artifact -> artifact.manifest().coexist())
                .isPresent();
        return versions.stream()
                .collect(Collectors.groupingBy(
                        artifact -> new Slot(
                                artifact.id(),
                                coexist ? artifact.manifest().version().major() : ""),
                        TreeMap::new,
                        Collectors.toList()));
    }

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major.isEmpty() ? id.value() : id + " " + major + ".x";
    }
}
