// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.distribution.plugins.Versions;
import dev.mortise.itests.harness.plugins.VersionedRoutes;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.PluginJar;

/** The jar of a plugin that answers its version, with whatever its builder says beyond that. */
final class VersionedJar {
    private VersionedJar() {}

    /** Sets the version, of the plugin and of what it answers. */
    static PluginJar of(PluginBuilder plugin, String version) {
        return plugin.version(version)
                .jar()
                .withClasses(Versions.class, VersionedRoutes.class)
                .withEntry("version", version);
    }
}
