// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;

/**
 * What tenants gave to plugins, in the clear, for whoever speaks to somebody in a plugin's place. Implemented by the host; it
 * waits for the database, and throws {@code MortiseException} without one.
 */
public interface TenantValues {
    /** Answers the settings and credentials that a tenant gave to a plugin. */
    TenantPart of(TenantId tenant, PluginManifest plugin);
}
