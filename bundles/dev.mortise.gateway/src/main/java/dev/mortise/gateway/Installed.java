// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantPlugins;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks whether plugins are there for the tenant of a call. What is not there for it is answered like what is nowhere. */
final class Installed {
    private final Neighbours neighbours;
    // Reading an id costs more than all else here; there are as many as there are plugins that call.
    private final Map<String, Optional<PluginId>> ids = new ConcurrentHashMap<>();

    Installed(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /** Answers how a plugin stands for a tenant. */
    Standing standing(TenantId tenant, PluginId plugin) {
        TenantPlugins plugins = neighbours.tenantPlugins();
        return plugins == null ? Standing.OPEN : plugins.standing(tenant, plugin);
    }

    boolean has(TenantId tenant, PluginId plugin) {
        return !(standing(tenant, plugin) instanceof Standing.Absent);
    }

    /** Answers why a client's call can't go to a plugin, or null when it can. */
    @Nullable
    Refusal client(Optional<TenantId> tenant, PluginMount plugin) {
        if (tenant.isEmpty()) {
            return null; // nobody was asked who calls
        }
        Standing standing = standing(tenant.get(), plugin.entry().manifest().id());
        if (standing instanceof Standing.Absent) {
            return PluginDestination.unknown(plugin.id());
        }
        return standing instanceof Standing.Closed closed
                ? Refusal.retryLater(ErrorCode.PLUGIN_NOT_READY, closed.reason())
                : null;
    }

    /** Answers why a plugin's call can't go to what it needs, or null when it can. */
    @Nullable
    Refusal plugin(TenantId tenant, Needs.Need need) {
        Standing standing = standing(tenant, need.dependency().plugin());
        if (standing instanceof Standing.Absent) {
            return ServiceResolver.absent(need, tenant.value());
        }
        return standing instanceof Standing.Closed closed
                ? Refusal.retryLater(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "Service unavailable: %s: %s".formatted(need.service(), closed.reason()))
                : null;
    }

    /** Answers why a credential of a plugin is not heard for a tenant, or null when it is. */
    @Nullable
    Refusal caller(TenantId tenant, String plugin) {
        return id(plugin).filter(id -> !has(tenant, id)).isEmpty()
                ? null
                : Refusal.of(
                        ErrorCode.PERMISSION_DENIED,
                        "Plugin '%s' is not enabled for tenant '%s'. An administrator can enable it."
                                .formatted(plugin, tenant));
    }

    /** Answers why a plugin may not use an endpoint that it declares to need, or null when it may. */
    @Nullable
    Refusal withheld(TenantId tenant, String plugin, Collection<String> permissions) {
        TenantPlugins plugins = neighbours.tenantPlugins();
        PluginId id = id(plugin).orElse(null);
        if (plugins == null || permissions.isEmpty() || id == null) {
            return null;
        }
        Set<String> taken = plugins.withheld(tenant, id);
        if (taken.isEmpty() || permissions.stream().noneMatch(taken::contains)) {
            return null;
        }
        return Refusal.of(
                ErrorCode.PERMISSION_DENIED,
                "The permission %s was taken from plugin '%s' for tenant '%s'. An administrator can grant it again."
                        .formatted(
                                permissions.stream()
                                        .filter(taken::contains)
                                        .sorted()
                                        .map(one -> "'" + one + "'")
                                        .collect(Collectors.joining(", ")),
                                plugin,
                                tenant));
    }

    private Optional<PluginId> id(String plugin) {
        Optional<PluginId> known = ids.get(plugin);
        return known != null
                ? known
                : ids.computeIfAbsent(
                        plugin,
                        text -> Optional.of(text).filter(PluginId::valid).map(PluginId::new));
    }

    /** The call of a tenant is about to reach a plugin: what is to be run for the tenant first is run. */
    void enter(Optional<TenantId> tenant, PluginMount plugin) {
        TenantPlugins plugins = neighbours.tenantPlugins();
        if (plugins != null && tenant.isPresent() && plugin.place() instanceof Place.Here) {
            plugins.enter(
                    tenant.get(), plugin.entry().manifest().id(), plugin.entry().digest());
        }
    }
}
