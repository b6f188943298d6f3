// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps what was decided about plugins for single tenants; where nothing was decided the container's policy holds.
 * Implemented by the data bundle, used by the host.
 */
public interface InstallationStore {
    /** Answers everything that was decided, in memory: never blocks, and is the same object until something changes. */
    Map<TenantId, Map<PluginId, Decided>> decided();

    /**
     * Looks into the database now, so that {@link #decided} knows what other nodes decided. Blocks.
     *
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE while the database can't be reached
     */
    void refresh();

    /** Lets somebody hear what other nodes decide, in place of whoever heard it before. */
    void listen(Listener listener);

    /**
     * Keeps a decision, if it still stands as it was when it was judged; what is withheld stays as it is. {@link #decided}
     * knows it when the method returns. Blocks.
     *
     * @param before empty where nothing was decided; whoever gets false looks again, judges again and tries again
     * @return whether it is kept
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE while the database can't be reached, NOT_FOUND when
     *     there is no such tenant
     */
    boolean decide(TenantId tenant, PluginId plugin, Optional<Decided> before, Decided next);

    /**
     * Takes a permission from a plugin, or gives it back, and leaves everything else as it is. {@link #decided} knows it when
     * the method returns. Blocks.
     *
     * @param otherwise what holds from now on where nothing was decided
     * @throws dev.mortise.api.error.MortiseException as {@link #decide}
     */
    void withhold(TenantId tenant, PluginId plugin, String permission, boolean withheld, Decided otherwise);

    /**
     * Hears of decisions of other nodes some seconds later, on a thread that must not be held up: orders wait for it. Whoever
     * throws hears it again later, or what was decided since.
     */
    interface Listener {
        /** Hears nothing. */
        Listener NOBODY = (tenant, plugin, before, now) -> {};

        /** Another node decided something. */
        void decidedElsewhere(TenantId tenant, PluginId plugin, Optional<Decided> before, Decided now);
    }

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
