// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.InstallationStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps decisions in memory, and every one of them in order. */
final class MapInstallations implements InstallationStore {
    final List<String> written = new ArrayList<>();
    private volatile Map<TenantId, Map<PluginId, Decided>> decided = Map.of();

    @Override
    public Map<TenantId, Map<PluginId, Decided>> decided() {
        return decided;
    }

    @Override
    public synchronized void decide(TenantId tenant, PluginId plugin, Decided one) {
        Map<TenantId, Map<PluginId, Decided>> next = new HashMap<>(decided);
        Map<PluginId, Decided> plugins = new HashMap<>(next.getOrDefault(tenant, Map.of()));
        plugins.put(plugin, one);
        next.put(tenant, Map.copyOf(plugins));
        decided = Map.copyOf(next);
        written.add(
                plugin + " " + (one.enabled() ? "" : "disabled ") + one.state().text());
    }
}
