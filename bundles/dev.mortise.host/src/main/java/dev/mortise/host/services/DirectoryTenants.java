// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.call.Tenants;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantPlugins;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Makes contexts for a plugin's own work, of tenants that the directory knows and that the plugin is enabled for. */
record DirectoryTenants(PluginId plugin, Supplier<Optional<TenantDirectory>> directory, TenantPlugins installed)
        implements Tenants {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Override
    public <T> T run(TenantId tenant, Callable<T> task) throws Exception {
        Tenant known = find(tenant);
        if (known.suspended()) {
            String unserved = known.state() == State.DELETING
                    ? "' is being deleted; plugin '" + plugin + "' can't work for it any more."
                    : "' is suspended; plugin '" + plugin + "' can't work for it now.";
            throw new MortiseException(ErrorCode.TENANT_SUSPENDED, "Tenant '" + tenant + unserved);
        }
        Standing standing = installed.standing(known.id(), plugin);
        if (standing instanceof Standing.Closed closed) {
            throw new MortiseException(ErrorCode.PLUGIN_NOT_READY, closed.reason());
        }
        if (standing instanceof Standing.Absent) {
            throw new MortiseException(
                    ErrorCode.PLUGIN_NOT_FOUND, "Plugin '" + plugin + "' is not enabled for tenant '" + tenant + "'.");
        }
        return BoundContext.call(OwnWork.of(plugin, known.id(), DEADLINE), task);
    }

    private Tenant find(TenantId tenant) {
        return directory
                .get()
                .flatMap(tenants -> tenants.find(tenant.value()))
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NOT_FOUND,
                        "Plugin '" + plugin + "' wants to work for tenant '" + tenant + "', which is not known."));
    }
}
