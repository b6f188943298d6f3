// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Calls services of other plugins by name, wherever they run. A service of the container, bound to the calling plugin:
 * it resolves only what that plugin's {@code plugin.json} declares, in the range declared there.
 */
@ProviderType
public interface ServiceClient {
    /** Answers a handle on the named service; nothing is resolved before a call. */
    ServiceHandle service(String name);

    /**
     * Answers a service as a Java interface of the caller; every call of a method is a call of the service.
     *
     * @param type an interface marked with {@link TypedService}, whose methods are {@link Endpoint}s or have a body
     * @throws IllegalArgumentException naming everything that is wrong with the interface
     */
    <T> T as(Class<T> type);
}
