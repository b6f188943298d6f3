// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.CallContexts;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.BoundContext;
import java.util.Optional;

/** Answers what is bound to the calling thread. */
record BoundContexts(String plugin) implements CallContexts {
    @Override
    public CallContext current() {
        return BoundContext.require("CallContexts of plugin '" + plugin + "'");
    }

    @Override
    public Optional<CallContext> find() {
        return BoundContext.find();
    }

    /** Answers the tenant that the current thread works for. */
    static TenantId tenant(String service, String plugin) {
        String asker = service + " of plugin '" + plugin + "'";
        return BoundContext.require(asker)
                .tenant()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NO_CONTEXT,
                        asker + " was used in a context without tenant. Use it in a call of a tenant, or make a context"
                                + " with Tenants.run(tenant, task)."));
    }
}
