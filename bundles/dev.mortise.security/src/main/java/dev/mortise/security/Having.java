// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantPlugins;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Tells which tenant has which plugin. Plugins come from the host: without one, nobody has any. */
@Component(service = Having.class)
public final class Having {
    private volatile @Nullable TenantPlugins plugins;

    /** Knows nothing yet. */
    @Activate
    public Having() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPlugins(TenantPlugins service) {
        plugins = service;
    }

    void unbindPlugins(TenantPlugins service) {
        plugins = plugins == service ? null : plugins;
    }

    /** Tells whether a plugin is enabled for a tenant. */
    boolean has(TenantId tenant, PluginId plugin) {
        TenantPlugins known = plugins;
        return known != null && !(known.standing(tenant, plugin) instanceof Standing.Absent);
    }
}
