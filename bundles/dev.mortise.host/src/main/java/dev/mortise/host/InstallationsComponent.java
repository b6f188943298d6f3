// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.tenancy.InstallationOrders;
import dev.mortise.kernel.admin.Installations;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the plugins of single tenants to the surfaces. */
@Component
public final class InstallationsComponent implements Installations {
    private final Installations installations;

    /** Makes the offer. */
    @Activate
    public InstallationsComponent(@Reference HostState state) {
        this.installations = new InstallationOrders(state.tenancy());
    }

    @Override
    public List<Installation> list(String tenant) {
        return installations.list(tenant);
    }

    @Override
    public Installation find(String tenant, String plugin) {
        return installations.find(tenant, plugin);
    }

    @Override
    public Installation enable(String tenant, String plugin, boolean withProviders) {
        return installations.enable(tenant, plugin, withProviders);
    }

    @Override
    public Installation disable(String tenant, String plugin, boolean force) {
        return installations.disable(tenant, plugin, force);
    }

    @Override
    public Installation start(String tenant, String plugin) {
        return installations.start(tenant, plugin);
    }

    @Override
    public Installation stop(String tenant, String plugin) {
        return installations.stop(tenant, plugin);
    }

    @Override
    public Installation restart(String tenant, String plugin) {
        return installations.restart(tenant, plugin);
    }

    @Override
    public Installation grant(String tenant, String plugin, String permission, boolean granted) {
        return installations.grant(tenant, plugin, permission, granted);
    }
}
