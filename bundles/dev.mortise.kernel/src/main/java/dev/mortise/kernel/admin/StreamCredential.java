// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Tokens.Token;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether what a stream was opened with is still good. The core's own tokens can be asked again; what a plugin's
 * authenticator took can't, so that such a stream lasts as long as any stream may.
 *
 * @param token the id of the token
 */
public record StreamCredential(Supplier<Optional<Tokens>> tokens, String token) implements BooleanSupplier {
    /** Answers what asks about a caller's credential. */
    public static BooleanSupplier of(Supplier<Optional<Tokens>> tokens, String identity) {
        return find(tokens, identity)
                .<BooleanSupplier>map(token -> new StreamCredential(tokens, identity))
                .orElse(() -> true);
    }

    /** Asks; a token that can't be asked about now is taken for good. */
    @Override
    public boolean getAsBoolean() {
        try {
            return find(tokens, token)
                    .filter(found ->
                            found.expiresAt().filter(Instant.now()::isAfter).isEmpty())
                    .isPresent();
        } catch (MortiseException databaseIsAway) {
            return true;
        }
    }

    /** The id of a token's identity is its kind, a colon and its own id. */
    private static Optional<Token> find(Supplier<Optional<Tokens>> tokens, String identity) {
        return tokens.get().stream()
                .flatMap(known -> known.list().stream())
                .filter(token -> identity.equals(token.kind() + ":" + token.id()))
                .findFirst();
    }
}
