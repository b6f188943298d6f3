// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.Caretaking;
import dev.mortise.host.admin.MigrationOrders;
import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the migrations to the surfaces. */
@Component
public final class MigrationsComponent implements Migrations {
    private final Migrations migrations;

    /** Makes the offer. */
    @Activate
    public MigrationsComponent(@Reference HostState state, @Reference Platform platform) {
        this.migrations =
                new MigrationOrders(new Caretaking(state::orders, state::snapshot, platform::database, platform::data));
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
}
