// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How all plugins stand for all tenants, by what was decided and what is deployed; made anew when either changes. What it
 * found out about a tenant it remembers.
 */
final class Situation {
    private final Map<TenantId, Map<PluginId, Decided>> decided;
    private final HostSnapshot deployed;
    private final Policy policy;
    private final Map<TenantId, Map<PluginId, Standing>> found = new ConcurrentHashMap<>();

    Situation(Map<TenantId, Map<PluginId, Decided>> decided, HostSnapshot deployed, Policy policy) {
        this.decided = decided;
        this.deployed = deployed;
        this.policy = policy;
    }

    /** Tells whether it was made of these very objects; both are made anew when something changes. */
    @SuppressWarnings("ReferenceEquality")
    boolean of(Map<TenantId, Map<PluginId, Decided>> otherDecided, HostSnapshot otherDeployed) {
        return decided == otherDecided && deployed == otherDeployed;
    }

    /** Answers what was decided about a plugin for a tenant. */
    Optional<Decided> decided(TenantId tenant, PluginId plugin) {
        Map<PluginId, Decided> plugins = decided.get(tenant);
        return plugins == null ? Optional.empty() : Optional.ofNullable(plugins.get(plugin));
    }

    boolean enabled(TenantId tenant, PluginId plugin) {
        return decided(tenant, plugin).map(Decided::enabled).orElse(policy == Policy.ALL);
    }

    Standing standing(TenantId tenant, PluginId plugin) {
        if (!decided.containsKey(tenant)) {
            return policy == Policy.ALL ? Standing.OPEN : Standing.ABSENT;
        }
        Map<PluginId, Standing> known = found.get(tenant);
        Standing standing = known == null ? null : known.get(plugin);
        return standing == null ? find(tenant, plugin) : standing;
    }

    private Standing find(TenantId tenant, PluginId plugin) {
        return found.computeIfAbsent(tenant, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(plugin, any -> judge(tenant, plugin));
    }

    private Standing judge(TenantId tenant, PluginId plugin) {
        if (!enabled(tenant, plugin)) {
            return Standing.ABSENT;
        }
        Optional<Decided> row = decided(tenant, plugin);
        if (row.map(Decided::state).filter(Situation::holds).isPresent()) {
            return new Standing.Closed(row.get().reason());
        }
        return missing(tenant, plugin).stream()
                .findFirst()
                .<Standing>map(need -> new Standing.Closed(Needed.sentence(plugin, need, tenant)))
                .orElse(Standing.OPEN);
    }

    /** Tells whether a decision alone lets calls through. */
    static boolean takesCalls(Decided decided) {
        return decided.enabled() && !holds(decided.state());
    }

    /** Somebody has to act before it takes calls again. */
    private static boolean holds(RuntimeState state) {
        return state == RuntimeState.STOPPED || state == RuntimeState.ERROR;
    }

    /** Answers what a plugin requires of plugins that are not enabled for the tenant. */
    List<Dependency> missing(TenantId tenant, PluginId plugin) {
        return required(plugin).stream()
                .filter(need -> !enabled(tenant, need.plugin()))
                .toList();
    }

    private List<Dependency> required(PluginId plugin) {
        return needs(plugin).stream().filter(Dependency::required).toList();
    }

    /** Answers what the plugin needs, in the version that speaks for it. */
    List<Dependency> needs(PluginId plugin) {
        return deployed.speaker(plugin)
                .flatMap(VersionView::manifest)
                .map(manifest -> manifest.dependencies())
                .orElse(List.of());
    }

    /** Answers the enabled plugins that require this one, ordered. */
    List<PluginId> dependents(TenantId tenant, PluginId plugin) {
        return deployed.plugins().keySet().stream()
                .filter(other -> !other.equals(plugin)
                        && enabled(tenant, other)
                        && required(other).stream()
                                .anyMatch(need -> need.plugin().equals(plugin)))
                .sorted()
                .toList();
    }

    /** Answers them and all that require them in turn, in the order in which they can be disabled. */
    Set<PluginId> leaving(TenantId tenant, PluginId plugin) {
        Set<PluginId> order = new LinkedHashSet<>();
        leave(tenant, plugin, new HashSet<>(Set.of(plugin)), order);
        return order;
    }

    private void leave(TenantId tenant, PluginId plugin, Set<PluginId> visited, Set<PluginId> order) {
        for (PluginId dependent : dependents(tenant, plugin)) {
            if (visited.add(dependent)) {
                leave(tenant, dependent, visited, order);
                order.add(dependent);
            }
        }
    }

    HostSnapshot deployed() {
        return deployed;
    }

    /** Answers the plugins that were decided about for a tenant. */
    List<PluginId> decidedFor(TenantId tenant) {
        return List.copyOf(decided.getOrDefault(tenant, Map.of()).keySet());
    }
}
