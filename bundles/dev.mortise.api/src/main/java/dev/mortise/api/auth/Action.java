// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.auth;

import dev.mortise.api.call.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * What an identity wants to do.
 *
 * @param method the HTTP method
 * @param path the canonical path
 * @param plugin the id of the plugin that owns the route, or nothing for the core
 * @param tenant the tenant of the call
 * @param permissions what the endpoint asks for
 */
public record Action(
        String method, String path, Optional<String> plugin, Optional<TenantId> tenant, Set<String> permissions) {
    public Action {
        permissions = Set.copyOf(permissions);
    }
}
