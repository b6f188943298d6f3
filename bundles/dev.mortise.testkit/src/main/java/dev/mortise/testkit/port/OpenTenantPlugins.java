// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantPlugins;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every plugin is there for every tenant, unless a test says otherwise. */
public final class OpenTenantPlugins implements TenantPlugins {
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> withheld = new ConcurrentHashMap<>();
    private final List<String> entered = new CopyOnWriteArrayList<>();

    /** Lets a plugin stand otherwise for a tenant. */
    public OpenTenantPlugins stand(String tenant, String plugin, Standing standing) {
        standings.put(tenant + "/" + plugin, standing);
        return this;
    }

    /** Takes permissions from a plugin for a tenant. */
    public OpenTenantPlugins withhold(String tenant, String plugin, Set<String> permissions) {
        withheld.put(tenant + "/" + plugin, Set.copyOf(permissions));
        return this;
    }

    /** Answers who entered, as {@code tenant/plugin}, in order. */
    public List<String> entered() {
        return List.copyOf(entered);
    }

    @Override
    public Standing standing(TenantId tenant, PluginId plugin) {
        return standings.getOrDefault(tenant + "/" + plugin, Standing.OPEN);
    }

    @Override
    public void enter(TenantId tenant, PluginId plugin, Digest digest) {
        entered.add(tenant + "/" + plugin);
    }

    @Override
    public Set<String> withheld(TenantId tenant, PluginId caller) {
        return withheld.getOrDefault(tenant + "/" + caller, Set.of());
    }
}
