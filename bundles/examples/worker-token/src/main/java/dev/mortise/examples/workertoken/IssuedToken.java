// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The answer to an order: the one place where the text of a token is told. */
record IssuedToken(
        UUID id,
        String name,
        String prefix,
        List<String> permissions,
        Instant createdAt,
        String createdBy,
        Optional<Instant> expiresAt,
        String token) {
    static IssuedToken of(Token issued, TokenText text) {
        return new IssuedToken(
                issued.id(),
                issued.name(),
                issued.prefix(),
                issued.permissions(),
                issued.createdAt(),
                issued.createdBy(),
                issued.expiresAt(),
                text.text());
    }

    @Override
    public String toString() {
        return "IssuedToken[id=" + id + ", token=***]";
    }
}
