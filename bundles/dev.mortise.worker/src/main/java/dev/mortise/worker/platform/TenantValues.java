// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.worker.given.Given;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What tenants gave to the plugin; within a question about credentials those that are asked about. */
public final class TenantValues {
    private final Given given;
    private final Map<String, TenantPart> asked = new ConcurrentHashMap<>();

    /** Makes them of what the process was given. */
    public TenantValues(Given given) {
        this.given = given;
    }

    /** Until {@link #forget}, contexts of this request id see this part and not what was given. */
    public void ask(String requestId, TenantPart part) {
        asked.put(requestId, part);
    }

    /** Ends {@link #ask}. */
    public void forget(String requestId) {
        asked.remove(requestId);
    }

    /** Answers the part of a tenant. */
    Optional<TenantPart> of(String tenant) {
        return BoundContext.find()
                .map(CallContext::requestId)
                .flatMap(id -> Optional.ofNullable(asked.get(id)))
                .or(() -> given.tenant(tenant));
    }

    /** Answers a value that is no tenant's own: whichever part holds it. */
    Optional<Object> ofContainer(String field) {
        return given.now().tenants().values().stream()
                .flatMap(part -> Optional.ofNullable(part.config().get(field)).stream())
                .findFirst();
    }
}
