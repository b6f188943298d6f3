// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.kernel.port.SharedDataStore.Space;
import java.util.Optional;

/**
 * Who uses shared data over HTTP: a credential that is bound to a plugin, which is that plugin, or an administrator, who
 * reads, lists, deletes and clears what any plugin has, but owns nothing.
 *
 * @param plugin the one plugin; empty for administrators
 */
record SharedCaller(String identity, TenantId tenant, Optional<String> plugin) {
    /** Answers who calls for which tenant, or refuses everybody else. */
    static SharedCaller of(Request request) {
        Identity identity = request.context().identity();
        if (identity.plugin().isEmpty() && !Speaker.administers(request)) {
            throw new MortiseException(
                    ErrorCode.PERMISSION_DENIED,
                    "Shared data is for plugins and administrators. '" + identity.id()
                            + "' needs a credential that is bound to a plugin, or 'mortise.admin'.");
        }
        TenantId tenant = request.context()
                .tenant()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.TENANT_REQUIRED,
                        identity.manyTenants()
                                ? "Shared data is that of a tenant. Name one in X-Tenant-Id."
                                : "Shared data is that of a tenant, and '" + identity.id() + "' belongs to none."));
        return new SharedCaller(identity.id(), tenant, identity.plugin());
    }

    /** Answers a namespace of the tenant. */
    Space space(String namespace) {
        return new Space(tenant, namespace);
    }

    /** Answers the plugin that writes; administrators own nothing, so they can't. */
    String writer() {
        return plugin.orElseThrow(() -> new MortiseException(
                ErrorCode.PERMISSION_DENIED,
                "A key of shared data belongs to the plugin that writes it, and '" + identity
                        + "' is bound to none. Use a credential of the plugin."));
    }

    /** Refuses a request that names another tenant or another owner than the caller's: neither is the caller's to choose. */
    SharedCaller agrees(Optional<String> tenantId, Optional<String> ownerId) {
        tenantId.filter(named -> !named.equals(tenant.value())).ifPresent(named -> {
            throw new MortiseException(
                    ErrorCode.TENANT_MISMATCH,
                    "'%s' acts for tenant '%s' here, not for '%s'. Leave tenantId out."
                            .formatted(identity, tenant, named));
        });
        ownerId.filter(named -> plugin.filter(own -> !own.equals(named)).isPresent())
                .ifPresent(named -> {
                    throw new MortiseException(
                            ErrorCode.PERMISSION_DENIED,
                            "'%s' is bound to plugin '%s', not to '%s'. Leave ownerId out."
                                    .formatted(identity, plugin.orElse(""), named));
                });
        return this;
    }
}
