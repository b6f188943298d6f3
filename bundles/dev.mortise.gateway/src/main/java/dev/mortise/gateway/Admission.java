// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import java.util.Optional;

/** What asking who calls, and for which tenant, came to. */
sealed interface Admission permits Admission.Caller, Refusal {
    /**
     * Somebody who may go on; what he may do is asked when it is known what he wants.
     *
     * @param behalf for whom a plugin calls while it is called itself
     */
    record Caller(Identity identity, Optional<TenantId> tenant, Optional<Identity> behalf) implements Admission {
        /** Whoever calls an open endpoint. */
        static final Caller NOBODY = new Caller(Identity.ANONYMOUS, Optional.empty());

        Caller(Identity identity, Optional<TenantId> tenant) {
            this(identity, tenant, Optional.empty());
        }

        /** Answers the same plugin, calling on behalf of somebody whose permissions count too. */
        Caller onBehalfOf(Identity other) {
            return new Caller(identity, tenant, Optional.of(other));
        }

        /** Answers on whose behalf the call is. */
        Identity acting() {
            return behalf.orElse(identity);
        }
    }
}
