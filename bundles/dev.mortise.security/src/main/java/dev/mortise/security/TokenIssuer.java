// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.kernel.admin.Tokens.Created;
import dev.mortise.kernel.admin.Tokens.NewToken;
import dev.mortise.kernel.admin.Tokens.Token;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TokenStore;
import dev.mortise.kernel.port.TokenStore.StoredToken;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/** Makes tokens that make sense; every refusal says what is wrong with the order. */
final class TokenIssuer {
    /** Longer lives are typing errors, and far below what an Instant can hold. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private static final int ID_BYTES = 8;

    private final TokenStore store;
    private final TenantDirectory tenants;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TokenIssuer(TokenStore store, TenantDirectory tenants, Clock clock) {
        this.store = store;
        this.tenants = tenants;
        this.clock = clock;
    }

    Created create(NewToken order) {
        Optional<TokenKind> kind = TokenKind.find(order.kind());
        if (kind.isEmpty()) {
            return new Created.Refused("'" + order.kind() + "' is no kind of token. Take admin, plugin or remote.");
        }
        Optional<String> problem = kind.get() == TokenKind.ADMIN ? adminProblem(order) : boundProblem(order);
        return problem.or(() -> expiryProblem(order))
                .<Created>map(Created.Refused::new)
                .orElseGet(() -> add(TokenText.make(kind.get(), random), kind.get(), order));
    }

    /** Makes the token whose text is already decided. */
    Created.Made add(TokenText text, TokenKind kind, NewToken order) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        StoredToken token = new StoredToken(
                id(),
                text.hash(),
                kind.word(),
                order.plugin(),
                tenantId(order),
                now,
                order.expiresIn().map(now::plus));
        store.add(token);
        return new Created.Made(shown(token), text.text());
    }

    TokenText text(TokenKind kind) {
        return TokenText.make(kind, random);
    }

    static Token shown(StoredToken token) {
        return new Token(
                token.id(), token.kind(), token.plugin(), token.tenant(), token.createdAt(), token.expiresAt());
    }

    private static Optional<String> adminProblem(NewToken order) {
        return order.plugin().isPresent() || order.tenant().isPresent()
                ? Optional.of("An admin token is bound to no plugin and no tenant. Leave both out.")
                : Optional.empty();
    }

    private Optional<String> boundProblem(NewToken order) {
        String plugin = order.plugin().orElse("");
        if (plugin.isEmpty()) {
            return Optional.of("A token of kind " + order.kind() + " is bound to a plugin. Name its id.");
        }
        if (!PluginId.valid(plugin)) {
            return Optional.of("'" + plugin + "' is no plugin id.");
        }
        return order.tenant().isPresent() && tenantId(order).isEmpty()
                ? Optional.of("There is no tenant '" + order.tenant().get() + "'.")
                : Optional.empty();
    }

    private static Optional<String> expiryProblem(NewToken order) {
        return order.expiresIn()
                .filter(life -> life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LONGEST) > 0)
                .map(life -> "A token lives between 1 second and " + LONGEST.toDays() + " days, not " + life.toSeconds()
                        + " seconds.");
    }

    private Optional<String> tenantId(NewToken order) {
        return order.tenant().flatMap(tenants::find).map(tenant -> tenant.id().value());
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
