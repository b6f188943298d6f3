// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.SnapshotPlugins;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginGraph;
import dev.mortise.kernel.admin.PluginList;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the plugins to the surfaces, from the first moment on. */
@Component(configurationPid = "dev.mortise.host")
public final class PluginsComponent implements Plugins {
    private final SnapshotPlugins plugins;

    /** Makes the offer. */
    @Activate
    public PluginsComponent(
            BundleContext context, HostConfig config, @Reference HostState state, @Reference Platform platform) {
        Settings settings = Settings.of(config, String.valueOf(context.getProperty("mortise.home")));
        this.plugins = new SnapshotPlugins(
                settings.plugins(), state::snapshot, state::orders, platform::database, platform::metadata);
    }

    @Override
    public PluginList list() {
        return plugins.list();
    }

    @Override
    public Optional<PluginDetail> find(PluginId id) {
        return plugins.find(id);
    }

    @Override
    public Optional<Why> why(PluginId id) {
        return plugins.why(id);
    }

    @Override
    public PluginGraph graph() {
        return plugins.graph();
    }

    @Override
    public Change install(Upload upload) {
        return plugins.install(upload);
    }

    @Override
    public Preview plan(Upload upload) {
        return plugins.plan(upload);
    }

    @Override
    public Preview validate(String manifest) {
        return plugins.validate(manifest);
    }

    @Override
    public Change uninstall(PluginId id, boolean force, Trigger trigger) {
        return plugins.uninstall(id, force, trigger);
    }

    @Override
    public Change rollback(PluginId id, Optional<Version> version) {
        return plugins.rollback(id, version);
    }

    @Override
    public Change restart(PluginId id, Trigger trigger) {
        return plugins.restart(id, trigger);
    }

    @Override
    public Change move(PluginId id, String location, Trigger trigger) {
        return plugins.move(id, location, trigger);
    }

    @Override
    public boolean satisfies(String version, String range) {
        return plugins.satisfies(version, range);
    }

    @Override
    public List<PluginId> dependents(PluginId id) {
        return plugins.dependents(id);
    }
}
