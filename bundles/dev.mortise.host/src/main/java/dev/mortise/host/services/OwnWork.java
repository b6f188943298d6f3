// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.PluginId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Contexts of what a plugin does for a tenant by itself. */
public final class OwnWork {
    private OwnWork() {}

    /** Within a call the hops are counted on: plugins that call one another this way end like any other loop. */
    public static Call of(PluginId plugin, TenantId tenant, Duration limit) {
        Optional<CallContext> outer = BoundContext.find();
        Optional<String> id = Optional.of(plugin.value());
        return new Call(
                Optional.of(tenant),
                new Identity(PrincipalKind.SERVICE, "plugin:" + plugin, Optional.of(tenant), false, id, Set.of()),
                id,
                outer.map(CallContext::requestId)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                outer.flatMap(CallContext::traceparent),
                System.nanoTime() + limit.toNanos(),
                outer.map(CallContext::hop).orElse(0));
    }
}
