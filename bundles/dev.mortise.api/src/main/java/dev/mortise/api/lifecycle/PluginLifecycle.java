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

    /**
     * A tenant, or an administrator for it, changed its settings, or took credentials back: {@code PluginConfig} and
     * {@code Credentials} answer what holds. Runs in a context of the tenant. Best effort, 10 s.
     */
    default void configUpdated(TenantId tenant) throws Exception {}

    /**
     * A tenant, or an administrator for it, gave credentials, or others than before: {@code Credentials} answers the new ones.
     * Runs in a context of the tenant. Best effort, 10 s.
     */
    default void connected(TenantId tenant) throws Exception {}

    /**
     * Tells whether the credentials of the tenant are good, by using them at the system that they are for. Runs in a context
     * of the tenant, when somebody asks. Deadline 10 s. Without it all credentials are good.
     *
     * @throws Exception when they are not, or nobody can tell
     */
    default AuthVerdict validateAuth(TenantId tenant) throws Exception {
        return AuthVerdict.VALID;
    }

    /** Ends this version, after its last call. Best effort, 5 s. */
    default void stop() throws Exception {}
}
