// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.call;

import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/** Lets a plugin do work of its own for a tenant, outside any call. A service of the container, bound to the plugin. */
@ProviderType
public interface Tenants {
    /**
     * Runs the task in a fresh context: this plugin's identity, the given tenant, the default deadline.
     *
     * @throws dev.mortise.api.error.MortiseException when the tenant is unknown or suspended
     * @throws Exception what the task throws
     */
    <T> T run(TenantId tenant, Callable<T> task) throws Exception;
}
