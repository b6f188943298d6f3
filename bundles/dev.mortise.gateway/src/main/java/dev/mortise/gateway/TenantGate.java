// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.List;
import java.util.Optional;

/** Establishes for which tenant an identity calls: its own, or the one that it names when it may act for several. */
final class TenantGate {
    private static final String HEADER = "X-Tenant-Id";
    private static final Tenant DEFAULT =
            new Tenant(TenantId.DEFAULT, TenantId.DEFAULT.value(), TenantId.DEFAULT.value(), false);

    private final Neighbours neighbours;
    private final Installed installed;

    TenantGate(Neighbours neighbours) {
        this.neighbours = neighbours;
        this.installed = new Installed(neighbours);
    }

    Admission admit(Identity identity, Headers headers, boolean needed) {
        if (headers.first(HEADER).isEmpty()) {
            return unnamed(identity, needed);
        }
        List<String> named = headers.all(HEADER);
        if (named.size() > 1) {
            return Refusal.of(ErrorCode.TENANT_MISMATCH, HEADER + " is sent " + named.size() + " times. Send it once.");
        }
        // A plugin's process that serves all tenants says for which one it calls; it must be enabled there.
        boolean anyTenant = identity.manyTenants()
                || (identity.plugin().isPresent() && identity.tenant().isEmpty());
        return anyTenant ? known(identity, named.get(0)) : own(identity, named.get(0));
    }

    private Admission unnamed(Identity identity, boolean needed) {
        if (identity.tenant().isPresent()) {
            return known(identity, identity.tenant().get().value());
        }
        if (!needed) {
            return new Admission.Caller(identity, Optional.empty());
        }
        return Refusal.of(
                ErrorCode.TENANT_REQUIRED,
                identity.manyTenants() || identity.plugin().isPresent()
                        ? "'%s' may act for several tenants. Name one in %s.".formatted(identity.id(), HEADER)
                        : "'%s' belongs to no tenant. Use a credential of a tenant.".formatted(identity.id()));
    }

    private Admission own(Identity identity, String named) {
        Optional<Tenant> own = identity.tenant().flatMap(tenant -> find(tenant.value()));
        boolean agrees = own.isPresent()
                && (named.equals(own.get().id().value())
                        || named.equals(own.get().slug()));
        return agrees
                ? judged(identity, own.get())
                : Refusal.of(
                        ErrorCode.TENANT_MISMATCH,
                        "'%s' does not act for tenant '%s'. Leave %s out: the tenant is that of the credential."
                                .formatted(identity.id(), named, HEADER));
    }

    private Admission known(Identity identity, String idOrSlug) {
        Optional<Tenant> tenant = find(idOrSlug);
        return tenant.isPresent()
                ? judged(identity, tenant.get())
                : Refusal.of(ErrorCode.NOT_FOUND, "There is no tenant '" + idOrSlug + "'.");
    }

    private Admission judged(Identity identity, Tenant tenant) {
        if (tenant.suspended()) {
            return Refusal.of(ErrorCode.TENANT_SUSPENDED, unserved(tenant));
        }
        Refusal refusal = identity.plugin().isPresent()
                ? installed.caller(tenant.id(), identity.plugin().get())
                : null;
        return refusal == null ? new Admission.Caller(identity, Optional.of(tenant.id())) : refusal;
    }

    private static String unserved(Tenant tenant) {
        return tenant.state() == State.DELETING
                ? "Tenant '%s' is being deleted.".formatted(tenant.slug())
                : "Tenant '%s' is suspended. An administrator can activate it.".formatted(tenant.slug());
    }

    // Without a directory there is no database, and then only the tenant that always exists is known.
    private Optional<Tenant> find(String idOrSlug) {
        TenantDirectory directory = neighbours.tenants();
        if (directory == null) {
            return idOrSlug.equals(DEFAULT.slug()) ? Optional.of(DEFAULT) : Optional.empty();
        }
        return directory.find(idOrSlug);
    }
}
