// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The core's tokens: for admins, plugins and remotes. Implemented by security. */
public interface Tokens {
    /** Makes a token; its text is answered this once and never kept. */
    Created create(NewToken order);

    /** Answers the tokens that are not revoked, newest first. */
    List<Token> list();

    /** Revokes a token; false when there is none with this id. */
    boolean revoke(String id);

    /**
     * What is wanted.
     *
     * @param kind admin, plugin or remote
     */
    record NewToken(String kind, Optional<String> plugin, Optional<String> tenant, Optional<Duration> expiresIn) {}

    /** What came of it: made, or refused with the reason. */
    sealed interface Created {
        /** The token; {@code text} is the credential itself. */
        record Made(Token token, String text) implements Created {
            @Override
            public String toString() {
                return "Made[" + token + ", text=***]";
            }
        }

        /** The order makes no sense. */
        record Refused(String message) implements Created {}
    }

    /** One token, without its text. */
    record Token(
            String id,
            String kind,
            Optional<String> plugin,
            Optional<String> tenant,
            Instant createdAt,
            Optional<Instant> expiresAt) {}
}
