// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.time.Duration;

/**
 * How long code of plugins may take.
 *
 * @param step each thing that a start or an end runs: activator, activation of a component, a hook, routes()
 * @param farewell the hook stop()
 * @param settle how long components may be unsatisfied while nothing of the plugin moves
 * @param health how often health is asked
 * @param answer until when health checks of a plugin must have answered
 * @param tenants the hooks of single tenants
 */
public record RuntimeLimits(
        Duration step, Duration farewell, Duration settle, Duration health, Duration answer, TenantLimits tenants) {
    /**
     * How plugins are started for tenants.
     *
     * @param start how long the hook start() may take for one tenant
     * @param disable how long the hook disable() may take
     * @param validate how long the hook validateAuth() may take
     * @param notice how long the hooks configUpdated() and connected() may take
     * @param parallel tenants that are started at the same time
     * @param eager tenants that are started before a version is switched in; the others when their first call comes
     * @param lately how long ago a tenant may have called that gets a process before a plugin is moved
     * @param hanging hooks that hang, each for another tenant, before none is called any more
     */
    public record TenantLimits(
            Duration start,
            Duration disable,
            Duration validate,
            Duration notice,
            int parallel,
            int eager,
            Duration lately,
            int hanging) {}
}
