// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.config.FileHealth;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.port.HealthSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows whether plugins understand what the operator says in {@code etc/plugins/<id>.json}. */
@Component
public final class PluginFilesHealth implements HealthSource {
    private final FileHealth health;

    /** Made by DS. */
    @Activate
    public PluginFilesHealth(@Reference HostState state, @Reference ConfigComponent settings) {
        this.health = new FileHealth(
                settings.sources(), plugin -> state.snapshot().speaker(plugin).flatMap(VersionView::manifest));
    }

    @Override
    public Line check() {
        return health.check();
    }
}
