// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.kernel.port.TenantDirectory;
import java.util.Optional;

/**
 * Tells which tenant a request is about: that of the call, or the one that it names. Only who may act for several names
 * another one than its own; whether that one exists is told to nobody else.
 */
record NamedTenant(TenantDirectory tenants) {
    /** Answers the id of the tenant; empty for all, where the identity is of no tenant and names none. */
    Optional<String> of(Request request, Optional<String> named) {
        Identity identity = request.context().identity();
        Optional<String> own = request.context().tenant().or(identity::tenant).map(TenantId::value);
        return named.isEmpty() ? own : Optional.of(known(identity, own, named.get()));
    }

    private String known(Identity identity, Optional<String> own, String named) {
        Optional<String> id = tenants.find(named).map(tenant -> tenant.id().value());
        if (own.isPresent() ? !own.equals(id) : !identity.manyTenants()) {
            throw new MortiseException(
                    ErrorCode.TENANT_MISMATCH,
                    "'" + identity.id() + "' does not act for tenant '" + named + "'"
                            + own.map(tenant -> ", but for '" + tenant + "'").orElse("") + ".");
        }
        return id.orElseThrow(() -> new MortiseException(ErrorCode.NOT_FOUND, "There is no tenant '" + named + "'."));
    }
}
