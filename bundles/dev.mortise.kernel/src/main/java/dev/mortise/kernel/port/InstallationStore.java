// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what was decided about plugins for single tenants; where nothing was decided the container's policy holds.
 * Implemented by the data bundle, used by the host.
 */
public interface InstallationStore {
    /** Answers everything that was decided, in memory: never blocks, and is the same object until something changes. */
    Map<TenantId, Map<PluginId, Decided>> decided();

    /**
     * Keeps a decision; {@link #decided} knows it when the method returns. Blocks.
     *
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE while the database can't be reached, NOT_FOUND when
     *     there is no such tenant
     */
    void decide(TenantId tenant, PluginId plugin, Decided decided);

    /**
     * What was decided about a plugin for a tenant.
     *
     * @param state how it stood last; STOPPED and ERROR of an enabled one hold until somebody starts it
     * @param reason why it stands so
     * @param withheld permissions that its dependencies request and that were revoked
     */
    record Decided(boolean enabled, RuntimeState state, String reason, Instant since, Set<String> withheld) {
        public Decided {
            withheld = Set.copyOf(withheld);
        }
    }
}
