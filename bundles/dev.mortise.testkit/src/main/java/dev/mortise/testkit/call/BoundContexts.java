// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.CallContexts;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.call.Tenants;
import dev.mortise.kernel.call.BoundContext;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The contexts that {@link ContextBuilder#run} and {@link RequestBuilder#to} bind; every tenant exists. */
public final class BoundContexts implements CallContexts, Tenants {
    @Override
    public CallContext current() {
        return BoundContext.require("The tested code");
    }

    @Override
    public Optional<CallContext> find() {
        return BoundContext.find();
    }

    @Override
    public <T> T run(TenantId tenant, Callable<T> task) throws Exception {
        return ContextBuilder.context().tenant(tenant.value()).run(task);
    }
}
