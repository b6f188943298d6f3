// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says for whom there is something to watch: a plugin that is disabled or stopped for a tenant hears nothing more of it,
 * for it begins anew when it is started; a tenant that is suspended comes back.
 */
record WatchRule(TenantDirectory tenants, Supplier<Map<TenantId, Map<PluginId, Decided>>> decided) {
    /** Tells whether the watch has ended. */
    boolean over(SharedWatch watch) {
        TenantId tenant = watch.space().tenant();
        return tenant(tenant).isEmpty()
                || watch.reader()
                        .map(reader ->
                                decided.get().getOrDefault(tenant, Map.of()).get(new PluginId(reader)))
                        .filter(row -> !row.enabled() || row.state() == RuntimeState.STOPPED)
                        .isPresent();
    }

    /** Tells whether whoever watches has to wait. */
    boolean waits(TenantId tenant) {
        return tenant(tenant).filter(Tenant::suspended).isPresent();
    }

    private Optional<Tenant> tenant(TenantId tenant) {
        return tenants.find(tenant.value());
    }
}
