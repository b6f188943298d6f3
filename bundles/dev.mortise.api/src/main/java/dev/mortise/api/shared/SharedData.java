// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.shared;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Small JSON values that the plugins of a tenant share. A service of the container, bound to the plugin that asks. A key
 * belongs to the plugin that writes it first: only that plugin changes or deletes it, while every plugin of the tenant
 * reads it, unless {@code sharedData} in the owner's {@code plugin.json} names the readers of the namespace.
 *
 * <p>Everything is of the tenant of the {@link dev.mortise.api.call.CallContext}; without one, or in one without tenant,
 * every use is refused with NO_CONTEXT. A value is at most 1 MB of JSON; a plugin has so many keys and bytes for each
 * tenant as {@code etc/data.properties} says.
 */
@ProviderType
public interface SharedData {
    /**
     * Answers a namespace; nothing is asked for before a value is. By custom it is named {@code <plugin>.<category>}.
     *
     * @param name 1 to 255 characters, none of them a control character
     * @throws dev.mortise.api.error.MortiseException VALIDATION_FAILED when it is no such name
     */
    SharedNamespace namespace(String name);
}
