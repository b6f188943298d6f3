// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code plugin.json} says, valid by construction of its reader.
 *
 * @param host the range of Mortise versions that the plugin runs in
 * @param runtime where and how it may run
 * @param sharedReaders who may read a namespace of shared data beside this plugin, where not everybody may
 * @param config its settings, and the ways in which it gets credentials
 * @param json the whole document, as it is shown by the admin API
 */
public record PluginManifest(
        PluginId id,
        String name,
        Version version,
        String description,
        VersionRange host,
        List<ServiceDeclaration> services,
        List<Dependency> dependencies,
        RuntimeDeclaration runtime,
        Map<String, Set<String>> sharedReaders,
        ConfigSchema config,
        String json) {
    public PluginManifest {
        services = List.copyOf(services);
        dependencies = List.copyOf(dependencies);
        sharedReaders = Map.copyOf(sharedReaders);
    }

    /** Answers where it may run: bundle, worker, remote. */
    public Set<String> locations() {
        return runtime.locations();
    }

    /** Tells whether several majors may run side by side. */
    public boolean coexist() {
        return runtime.coexist();
    }

    /** Answers id and version. */
    public PluginIdentity identity() {
        return new PluginIdentity(id, version);
    }
}
