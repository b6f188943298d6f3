// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.shared;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.api.shared.SharedData;
import dev.mortise.api.shared.SharedNamespace;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.SharedName;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Space;
import java.util.function.Supplier;

/** The shared data of one plugin version: what it asks is about the tenant of the call that it runs in. */
public final class TenantSharedData implements SharedData {
    private final String plugin;
    private final String asker;
    private final SharedDataStore store;
    private final Supplier<Json> mapper;
    private final Listeners listeners;

    /**
     * Makes it.
     *
     * @param plugin the id of the plugin
     * @param mapper answers the plugin's mapper, which ignores unknown keys; asked when it is needed
     * @param listeners runs what listens
     */
    public TenantSharedData(String plugin, SharedDataStore store, Supplier<Json> mapper, Listeners listeners) {
        this.plugin = plugin;
        this.asker = "SharedData of plugin '" + plugin + "'";
        this.store = store;
        this.mapper = mapper;
        this.listeners = listeners;
    }

    @Override
    public SharedNamespace namespace(String name) {
        SharedName.check("namespace", name);
        return new TenantNamespace(name, this);
    }

    /** Answers the namespace of the tenant of the present call. */
    Space space(String namespace) {
        CallContext context = BoundContext.require(asker);
        TenantId tenant = context.tenant()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NO_CONTEXT,
                        asker + " was used in a call without tenant. Authenticators, initialize and public endpoints"
                                + " have none; Tenants.run(tenant, task) makes a call for one."));
        return new Space(tenant, namespace);
    }

    String plugin() {
        return plugin;
    }

    SharedDataStore store() {
        return store;
    }

    Supplier<Json> mapper() {
        return mapper;
    }

    Listeners listeners() {
        return listeners;
    }
}
