// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.RuntimeState;
import java.time.Instant;
import java.util.List;

/**
 * Plugins for single tenants, as an operator sees and changes them. Implemented by the host. Tenants are named by id or slug.
 * Everything throws {@code MortiseException}: NOT_FOUND when there is no such tenant, PLUGIN_NOT_FOUND when there is no such
 * plugin, CONFLICT when other plugins stand against it, with the sentence.
 */
public interface Installations {
    /** Answers how every plugin stands for a tenant, ordered by plugin. */
    List<Installation> list(String tenant);

    /** Answers how a plugin stands for a tenant. */
    Installation find(String tenant, String plugin);

    /**
     * Enables a plugin, runs its start hook for the tenant, and grants it the permissions that its dependencies request.
     *
     * @param withProviders whether the plugins that it requires are enabled too; otherwise it is refused without them
     */
    Installation enable(String tenant, String plugin, boolean withProviders);

    /**
     * Disables a plugin and runs its disable hook for the tenant.
     *
     * @param force whether to do so although enabled plugins require it; these stand in ERROR until it is back
     */
    Installation disable(String tenant, String plugin, boolean force);

    /** Lets an enabled plugin take calls of the tenant again. */
    Installation start(String tenant, String plugin);

    /** Lets an enabled plugin take no calls of the tenant until it is started. */
    Installation stop(String tenant, String plugin);

    /** Stops and starts it; leaves ERROR. */
    Installation restart(String tenant, String plugin);

    /** Gives a permission back, or takes it away, that the plugin's dependencies request. */
    Installation grant(String tenant, String plugin, String permission, boolean granted);

    /**
     * One plugin for one tenant.
     *
     * @param tenant its slug
     * @param grants permissions that it may use when it calls the plugins that it depends on
     * @param revoked permissions that it requests and that were taken from it
     */
    record Installation(
            String tenant,
            String plugin,
            boolean enabled,
            RuntimeState runtimeState,
            String reason,
            Instant since,
            List<String> grants,
            List<String> revoked) {}
}
