// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import java.util.Set;

/** Which plugins are there for which tenant, in memory. Implemented by the host, used by gateway and security. */
public interface TenantPlugins {
    /** Answers how a plugin stands for a tenant; one that is not deployed stands as the policy says. */
    Standing standing(TenantId tenant, PluginId plugin);

    /**
     * Is called before each call of the tenant that reaches this version of the plugin: the first one runs its start hook
     * for the tenant, and waits for it, at most as long as a start hook may take. Costs a look into a map otherwise.
     */
    void enter(TenantId tenant, PluginId plugin, Digest digest);

    /** Answers the permissions that were taken from a plugin for a tenant: it may not use them when it calls others. */
    Set<String> withheld(TenantId tenant, PluginId caller);

    /** How a plugin stands for a tenant. */
    sealed interface Standing {
        /** It is not enabled: for the tenant there is no such plugin. */
        record Absent() implements Standing {}

        /** It is enabled and takes calls. */
        record Open() implements Standing {}

        /**
         * It is enabled and takes no calls now.
         *
         * @param reason the sentence that callers get
         */
        record Closed(String reason) implements Standing {}

        /** Stands for every plugin that is not enabled. */
        Standing ABSENT = new Absent();

        /** Stands for every plugin that takes calls. */
        Standing OPEN = new Open();
    }
}
