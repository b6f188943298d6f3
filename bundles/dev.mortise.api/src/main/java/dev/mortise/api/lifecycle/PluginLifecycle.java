// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.lifecycle;

import dev.mortise.api.call.TenantId;
import org.osgi.annotation.versioning.ConsumerType;

/** Hooks of a plugin's life. Plugins register it as a declarative service; Mortise calls it on a thread of the plugin. */
@ConsumerType
public interface PluginLifecycle {
    /**
     * Prepares this version: once per start in a process, after its migrations, before any call reaches it, without
     * tenant. Deadline 30 s.
     *
     * @throws Exception to refuse the start; the version is FAILED with the message as reason
     */
    default void initialize() throws Exception {}

    /**
     * Prepares this version for one tenant that it is enabled for: before the version is switched in, or before the first
     * call of the tenant reaches it. Runs in a context of the tenant, as the plugin itself, for several tenants at the same
     * time. Deadline 10 s.
     *
     * @throws Exception when it can't serve this tenant as it should; the installation is then degraded, and calls still come
     */
    default void start(TenantId tenant) throws Exception {}

    /**
     * A tenant for which this version was started no longer has it: its calls have ended to come. Runs in a context of the
     * tenant. Best effort, 5 s.
     */
    default void disable(TenantId tenant) throws Exception {}

    /** Ends this version, after its last call. Best effort, 5 s. */
    default void stop() throws Exception {}
}
