// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

/** A plugin in one version. */
public record PluginIdentity(PluginId id, Version version) {
    @Override
    public String toString() {
        return id + " " + version;
    }
}
