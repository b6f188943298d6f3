// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A token as its tenant sees it; its text is not here, because nobody has it. */
record Token(
        UUID id,
        String name,
        String prefix,
        List<String> permissions,
        Instant createdAt,
        String createdBy,
        Optional<Instant> lastUsedAt,
        Optional<Instant> expiresAt) {}
