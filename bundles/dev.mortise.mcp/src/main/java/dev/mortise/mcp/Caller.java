// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.kernel.call.Call;
import java.util.Optional;

/** Who asks, for which tenant. A session is for nobody else. */
record Caller(PrincipalKind kind, String identity, Optional<String> plugin, TenantId tenant) {
    static Caller of(Request request) {
        Call call = call(request);
        TenantId tenant = call.tenant()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.TENANT_REQUIRED,
                        "Tools are those of a tenant: '%s' names it in X-Tenant-Id."
                                .formatted(call.identity().id())));
        return new Caller(
                call.identity().kind(), call.identity().id(), call.identity().plugin(), tenant);
    }

    /** Answers the call that a request is part of; the gateway makes no other. */
    static Call call(Request request) {
        return (Call) request.context();
    }
}
