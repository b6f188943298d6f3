// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Where an instance runs: in this framework, or elsewhere as it announced itself. */
sealed interface Place {
    /** Answers how far away it is; the nearest one is called. */
    int distance();

    /** Tells whether it serves the tenant. */
    boolean serves(String tenant);

    /** In this framework. */
    record Here() implements Place {
        static final Here HERE = new Here();

        @Override
        public int distance() {
            return 0;
        }

        @Override
        public boolean serves(String tenant) {
            return true;
        }
    }

    /**
     * In another process.
     *
     * @param id of the registration
     * @param distance 1 on this node, 2 on another one
     * @param tenant the only one that it serves
     * @param lastSeen when it last gave a sign of life
     */
    record Elsewhere(
            String id, String node, int distance, Optional<String> tenant, String address, Supplier<Instant> lastSeen)
            implements Place {
        @Override
        public boolean serves(String asking) {
            return tenant.isEmpty() || tenant.get().equals(asking);
        }
    }
}
