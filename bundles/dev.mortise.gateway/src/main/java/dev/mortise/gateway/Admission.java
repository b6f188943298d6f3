// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import java.util.Optional;

/** What asking who calls, and for which tenant, came to. */
sealed interface Admission permits Admission.Caller, Refusal {
    /** Somebody who may go on; what he may do is asked when it is known what he wants. */
    record Caller(Identity identity, Optional<TenantId> tenant) implements Admission {
        /** Whoever calls an open endpoint. */
        static final Caller NOBODY = new Caller(Identity.ANONYMOUS, Optional.empty());
    }
}
