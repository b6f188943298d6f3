// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.BelongingOrders;
import dev.mortise.host.admin.Caretaking;
import dev.mortise.kernel.admin.PluginBelongings;
import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.InstallationStore;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers what is kept of plugins to the surfaces. */
@Component
public final class BelongingsComponent implements PluginBelongings {
    private final PluginBelongings belongings;
    private final Platform platform;

    /** Makes the offer. */
    @Activate
    public BelongingsComponent(@Reference HostState state, @Reference Platform platform) {
        this.platform = platform;
        this.belongings =
                new BelongingOrders(new Caretaking(state::orders, state::snapshot, platform::database, platform::data));
    }

    @Override
    public Belongings of(PluginId plugin) {
        return belongings.of(plugin);
    }

    @Override
    public Belongings purge(PluginId plugin, Optional<String> confirmed) {
        Belongings purged = belongings.purge(plugin, confirmed);
        platform.installations().ifPresent(InstallationStore::refresh);
        return purged;
    }
}
