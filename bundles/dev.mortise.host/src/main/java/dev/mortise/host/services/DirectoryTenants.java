// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.call.Tenants;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Makes contexts for a plugin's own work, of tenants that the directory knows. */
record DirectoryTenants(String plugin, Supplier<Optional<TenantDirectory>> directory) implements Tenants {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Override
    public <T> T run(TenantId tenant, Callable<T> task) throws Exception {
        Tenant known = find(tenant);
        if (known.suspended()) {
            throw new MortiseException(
                    ErrorCode.TENANT_SUSPENDED,
                    "Tenant '" + tenant + "' is suspended; plugin '" + plugin + "' can't work for it now.");
        }
        return BoundContext.call(context(known.id()), task);
    }

    private Tenant find(TenantId tenant) {
        return directory
                .get()
                .flatMap(tenants -> tenants.find(tenant.value()))
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NOT_FOUND,
                        "Plugin '" + plugin + "' wants to work for tenant '" + tenant + "', which is not known."));
    }

    /** Within a call the hops are counted on: plugins that call one another this way end like any other loop. */
    private Call context(TenantId tenant) {
        Optional<CallContext> outer = BoundContext.find();
        Identity identity = new Identity(
                PrincipalKind.SERVICE, "plugin:" + plugin, Optional.of(tenant), false, Optional.of(plugin), Set.of());
        return new Call(
                Optional.of(tenant),
                identity,
                Optional.of(plugin),
                outer.map(CallContext::requestId)
                        .orElseGet(() -> UUID.randomUUID().toString()),
                outer.flatMap(CallContext::traceparent),
                System.nanoTime() + DEADLINE.toNanos(),
                outer.map(CallContext::hop).orElse(0));
    }
}
