// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.call;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The principal of a call, as an authenticator established it.
 *
 * @param kind what the principal is
 * @param id its stable id, shown in logs and audit
 * @param tenant the one tenant that it belongs to; empty for anonymous, initializing and many-tenant principals
 * @param manyTenants true when it may act for any tenant by naming it in {@code X-Tenant-Id}; only the core grants this
 * @param plugin the id of the plugin that the credential is bound to, when there is one
 * @param permissions what it may do; {@code *} stands for everything
 */
public record Identity(
        PrincipalKind kind,
        String id,
        Optional<TenantId> tenant,
        boolean manyTenants,
        Optional<String> plugin,
        Set<String> permissions) {
    /** Nobody: the identity of calls to public endpoints and of code that runs before any call. */
    public static final Identity ANONYMOUS =
            new Identity(PrincipalKind.ANONYMOUS, "anonymous", Optional.empty(), false, Optional.empty(), Set.of());

    public Identity {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(tenant, "tenant is null");
        Objects.requireNonNull(plugin, "plugin is null");
        permissions = Set.copyOf(permissions);
    }

    /** Makes the identity of a tenant's user. */
    public static Identity user(String id, TenantId tenant, Set<String> permissions) {
        return new Identity(PrincipalKind.USER, id, Optional.of(tenant), false, Optional.empty(), permissions);
    }

    /** Tells whether this identity holds the permission. */
    public boolean has(String permission) {
        return permissions.contains(permission) || permissions.contains("*");
    }
}
