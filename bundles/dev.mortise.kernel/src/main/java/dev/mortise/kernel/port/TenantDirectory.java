// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import java.util.List;
import java.util.Optional;

/** Knows the tenants, in memory. Implemented by the data bundle, used by gateway, host and security. */
public interface TenantDirectory {
    /** Finds a tenant by id or slug. */
    Optional<Tenant> find(String idOrSlug);

    /** Answers all tenants, ordered by slug. */
    List<Tenant> all();

    /** Lets somebody hear which tenants go, in place of whoever heard it before. */
    void listen(Listener listener);

    /**
     * Hears of deletions, of this node at once and of others some seconds later, on a thread that must not be held up: orders
     * wait for it. Whoever throws hears it again later.
     */
    interface Listener {
        /** Hears nothing. */
        Listener NOBODY = tenant -> {};

        /** A tenant is deleted, whatever is still kept of it; it never comes back. */
        void leaves(TenantId tenant);
    }

    /** One tenant. */
    record Tenant(TenantId id, String slug, String name, State state) {
        /** Makes a tenant that is suspended or active. */
        public Tenant(TenantId id, String slug, String name, boolean suspended) {
            this(id, slug, name, suspended ? State.SUSPENDED : State.ACTIVE);
        }

        /** Tells whether its calls are refused. */
        public boolean suspended() {
            return state != State.ACTIVE;
        }
    }

    /** Whether a tenant is served. */
    enum State {
        ACTIVE,
        /** Its calls are refused; everything of it is kept. */
        SUSPENDED,
        /** What is kept of it is being removed; there is no way back. */
        DELETING
    }
}
