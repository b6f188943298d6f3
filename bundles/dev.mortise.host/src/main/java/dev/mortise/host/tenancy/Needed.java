// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what stands between plugins that need each other, for one tenant. */
final class Needed {
    private Needed() {}

    /** Says that a plugin lacks a provider. */
    static String sentence(PluginId plugin, Dependency need, TenantId tenant) {
        return ("Missing required dependency '%s' (%s) of plugin '%s' for tenant '%s': plugin '%s' is not enabled."
                        + " Enable plugin '%s'.")
                .formatted(need.service(), need.range().text(), plugin, tenant, need.plugin(), need.plugin());
    }

    /**
     * Says that enabled plugins require one that is to be disabled.
     *
     * @param leaving these, and all that require them in turn, in the order in which they can be disabled
     */
    static String refusal(PluginId plugin, List<PluginId> dependents, Set<PluginId> leaving, TenantId tenant) {
        return ("Plugin '%s' is needed by %s for tenant '%s'. Disable them first, or force it: they take no calls until it"
                                + " is enabled again.")
                        .formatted(plugin, quoted(dependents), tenant)
                + (leaving.size() > dependents.size()
                        ? " Others need them in turn; all go in this order: " + quoted(leaving) + "."
                        : "");
    }

    private static String quoted(Collection<PluginId> plugins) {
        return plugins.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
    }
}
