// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;

/** Knows the tenants, in memory. Implemented by the data bundle, used by gateway and security. */
public interface TenantDirectory {
    /** Finds a tenant by id or slug. */
    Optional<Tenant> find(String idOrSlug);

    /** Answers all tenants, ordered by slug. */
    List<Tenant> all();

    /** One tenant. */
    record Tenant(TenantId id, String slug, String name, boolean suspended) {}
}
