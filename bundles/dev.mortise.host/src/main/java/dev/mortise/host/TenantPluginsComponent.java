// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.tenancy.Tenancy;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantPlugins;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells gateway and security which plugins are there for which tenant. */
@Component
public final class TenantPluginsComponent implements TenantPlugins {
    private final Tenancy tenancy;

    /** Asks the host's tenancy. */
    @Activate
    public TenantPluginsComponent(@Reference HostState state) {
        this.tenancy = state.tenancy();
    }

    @Override
    public Standing standing(TenantId tenant, PluginId plugin) {
        return tenancy.standing(tenant, plugin);
    }

    @Override
    public void enter(TenantId tenant, PluginId plugin, Digest digest) {
        tenancy.enter(tenant, plugin, digest);
    }

    @Override
    public Set<String> withheld(TenantId tenant, PluginId caller) {
        return tenancy.withheld(tenant, caller);
    }
}
