// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Comparator;

/** A plugin in one version; ordered by id, then by the version's precedence. */
public record PluginIdentity(PluginId id, Version version) implements Comparable<PluginIdentity> {
    private static final Comparator<PluginIdentity> ORDER = Comparator.comparing(PluginIdentity::id)
            .thenComparing(PluginIdentity::version)
            .thenComparing(identity -> identity.version().text());

    @Override
    public int compareTo(PluginIdentity other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return id + " " + version;
    }
}
