// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantStore.Holding;
import java.util.List;
import java.util.Optional;

/**
 * Tenants as an operator sees and changes them. Implemented by the host. Orders throw {@code MortiseException}: NOT_FOUND
 * when there is no such tenant, CONFLICT or VALIDATION_FAILED when they can't be followed, each with the sentence.
 */
public interface Tenants {
    /** Answers all tenants, ordered by slug. */
    List<Tenant> list();

    /** Finds a tenant by id or slug. */
    Optional<Tenant> find(String idOrSlug);

    /**
     * Makes a tenant, whose id is its slug.
     *
     * @param slug words of small letters and digits, joined by hyphens; at most 63 characters
     * @param name shown to people; the slug when left out
     */
    Tenant create(String slug, Optional<String> name);

    /** Refuses the tenant's calls until it is activated; what is kept of it stays. */
    Tenant suspend(String idOrSlug);

    /** Serves the tenant again. */
    Tenant activate(String idOrSlug);

    /** Says what goes when the tenant is deleted. */
    List<Holding> holdings(String idOrSlug);

    /**
     * Deletes a tenant with everything that is kept of it, in the background.
     *
     * @param confirmed the tenant's slug, written out; anything else is refused, saying what goes
     */
    Tenant delete(String idOrSlug, Optional<String> confirmed);
}
