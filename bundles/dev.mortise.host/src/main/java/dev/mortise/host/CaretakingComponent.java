// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.BelongingOrders;
import dev.mortise.host.admin.Caretaking;
import dev.mortise.host.admin.MigrationOrders;
import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.admin.PluginBelongings;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import dev.mortise.kernel.port.InstallationStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the data of plugins to the surfaces: their migrations, and all that is kept of them. */
@Component
public final class CaretakingComponent implements Migrations, PluginBelongings {
    private final Migrations migrations;
    private final PluginBelongings belongings;
    private final Platform platform;

    /** Makes the offer. */
    @Activate
    public CaretakingComponent(@Reference HostState state, @Reference Platform platform) {
        Caretaking care = new Caretaking(state::orders, state::snapshot, platform::database, platform::data);
        this.platform = platform;
        this.migrations = new MigrationOrders(care);
        this.belongings = new BelongingOrders(care);
    }

    @Override
    public History history(PluginId plugin) {
        return migrations.history(plugin);
    }

    @Override
    public List<RunningMigration> running() {
        return migrations.running();
    }

    @Override
    public Rehearsal plan(Upload upload, boolean run) {
        return migrations.plan(upload, run);
    }

    @Override
    public WayBack wayBack(PluginId plugin, OptionalLong keep) {
        return migrations.wayBack(plugin, keep);
    }

    @Override
    public WayBack down(PluginId plugin, OptionalLong keep, Optional<String> confirmed) {
        return migrations.down(plugin, keep, confirmed);
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
