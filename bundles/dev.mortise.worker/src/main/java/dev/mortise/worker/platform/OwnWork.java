// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.call.Tenants;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Makes contexts for the plugin's own work. Whether it may work for the tenant, the core says at the first call there. */
record OwnWork(String plugin) implements Tenants {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Override
    public <T> T run(TenantId tenant, Callable<T> task) throws Exception {
        return BoundContext.call(context(tenant), task);
    }

    /** Within a call the hops are counted on: plugins that call one another this way end like any other loop. */
    private Call context(TenantId tenant) {
        Optional<CallContext> outer = BoundContext.find();
        Optional<String> id = Optional.of(plugin);
        return new Call(
                Optional.of(tenant),
                new Identity(PrincipalKind.SERVICE, "plugin:" + plugin, Optional.of(tenant), false, id, Set.of()),
                id,
                outer.map(CallContext::requestId)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                outer.flatMap(CallContext::traceparent),
                System.nanoTime() + DEADLINE.toNanos(),
                outer.map(CallContext::hop).orElse(0));
    }
}
