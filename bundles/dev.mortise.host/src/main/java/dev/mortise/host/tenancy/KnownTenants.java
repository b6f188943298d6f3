// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the tenants that orders name. */
record KnownTenants(Supplier<Optional<TenantDirectory>> directory) {
    /**
     * Finds a tenant by id or slug.
     *
     * @throws MortiseException NOT_FOUND when there is none
     */
    Tenant get(String idOrSlug) {
        return find(idOrSlug)
                .orElseThrow(() -> new MortiseException(ErrorCode.NOT_FOUND, "There is no tenant '" + idOrSlug + "'."));
    }

    /**
     * Finds a tenant that something may still be decided about.
     *
     * @throws MortiseException NOT_FOUND when there is none, CONFLICT when it is being deleted
     */
    Tenant staying(String idOrSlug) {
        Tenant tenant = get(idOrSlug);
        if (tenant.state() == State.DELETING) {
            throw new MortiseException(ErrorCode.CONFLICT, "Tenant '" + tenant.slug() + "' is being deleted.");
        }
        return tenant;
    }

    Optional<Tenant> find(String idOrSlug) {
        return directory.get().flatMap(tenants -> tenants.find(idOrSlug));
    }

    List<Tenant> all() {
        return directory.get().map(TenantDirectory::all).orElse(List.of());
    }
}
