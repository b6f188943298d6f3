// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.TenantValues;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells what tenants gave to plugins to who speaks to servers in their place. */
@Component
public final class TenantValuesComponent implements TenantValues {
    private final Workforce workforce;

    /** Made by DS. */
    @Activate
    public TenantValuesComponent(@Reference Workforce workforce) {
        this.workforce = workforce;
    }

    @Override
    public TenantPart of(TenantId tenant, PluginManifest plugin) {
        return workforce.parts(plugin).of(tenant);
    }
}
