// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.call.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A token as authentication needs it. */
record KnownToken(
        UUID id,
        TenantId tenant,
        String hash,
        Set<String> permissions,
        Optional<Instant> lastUsedAt,
        Optional<Instant> expiresAt) {
    boolean expiredAt(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }
}
