// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.InstallationStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keeps decisions in memory, and every one of them in order. */
final class MapInstallations implements InstallationStore {
    final List<String> written = new ArrayList<>();
    /** What another node does before the next decision is kept here, and what a look finds. */
    volatile Runnable beforeDecision = () -> {};

    private volatile Listener listener = Listener.NOBODY;
    volatile Runnable refreshing = () -> {};
    private volatile Map<TenantId, Map<PluginId, Decided>> decided = Map.of();

    @Override
    public Map<TenantId, Map<PluginId, Decided>> decided() {
        return decided;
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    /** Another node decided something, and this one has seen it. */
    void elsewhere(TenantId tenant, PluginId plugin, Decided now) {
        Optional<Decided> before = known(tenant, plugin);
        put(tenant, plugin, now);
        listener.decidedElsewhere(tenant, plugin, before, now);
    }

    @Override
    public void refresh() {
        refreshing.run();
    }

    @Override
    public synchronized boolean decide(TenantId tenant, PluginId plugin, Optional<Decided> before, Decided one) {
        Runnable faster = beforeDecision;
        beforeDecision = () -> {};
        faster.run();
        Optional<Decided> known = known(tenant, plugin);
        if (!known.equals(before)) {
            return false;
        }
        Set<String> withheld = known.map(Decided::withheld).orElse(Set.of());
        put(tenant, plugin, new Decided(one.enabled(), one.state(), one.reason(), one.since(), withheld));
        written.add(
                plugin + " " + (one.enabled() ? "" : "disabled ") + one.state().text());
        return true;
    }

    @Override
    public synchronized void withhold(
            TenantId tenant, PluginId plugin, String permission, boolean withheld, Decided otherwise) {
        Decided now = known(tenant, plugin).orElse(otherwise);
        Set<String> all = new TreeSet<>(now.withheld());
        boolean unused = withheld ? all.add(permission) : all.remove(permission);
        put(tenant, plugin, new Decided(now.enabled(), now.state(), now.reason(), now.since(), all));
    }

    private Optional<Decided> known(TenantId tenant, PluginId plugin) {
        return Optional.ofNullable(decided.getOrDefault(tenant, Map.of()).get(plugin));
    }

    void put(TenantId tenant, PluginId plugin, Decided one) {
        Map<TenantId, Map<PluginId, Decided>> next = new HashMap<>(decided);
        Map<PluginId, Decided> plugins = new HashMap<>(next.getOrDefault(tenant, Map.of()));
        plugins.put(plugin, one);
        next.put(tenant, Map.copyOf(plugins));
        decided = Map.copyOf(next);
    }
}
