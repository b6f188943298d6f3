// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TokenStore;
import dev.mortise.kernel.port.TokenStore.StoredToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Turns the text of a core token into an identity. It is looked up by its hash, so time tells nothing of its text. */
final class TokenJudge {
    private final TokenStore store;
    private final TokenCache cache;
    private final TenantDirectory tenants;
    private final Clock clock;
    private final Outage outage = new Outage();

    TokenJudge(TokenStore store, TokenCache cache, TenantDirectory tenants, Clock clock) {
        this.store = store;
        this.cache = cache;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Judges one token.
     *
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE when the store can't be asked: nothing was found out of the token
     */
    Authentication judge(TokenText text) {
        if (!text.wellFormed()) {
            return unknown();
        }
        String hash = text.hash();
        return cache.find(hash, () -> outage.ask(() -> store.byHash(hash)).filter(token -> same(token.hash(), hash)))
                .map(this::known)
                .orElseGet(TokenJudge::unknown);
    }

    private Authentication known(StoredToken token) {
        if (token.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
            return Authentication.refused(
                    Reason.EXPIRED, "The token expired at " + token.expiresAt().get() + ". Ask for a new one.");
        }
        boolean tenantGone =
                token.tenant().filter(t -> tenants.find(t).isEmpty()).isPresent();
        Optional<Identity> identity = tenantGone ? Optional.empty() : identity(token);
        return identity.map(Authentication::authenticated).orElseGet(TokenJudge::unknown);
    }

    /** A kind that a newer Mortise knows is nobody here. */
    private static Optional<Identity> identity(StoredToken token) {
        return TokenKind.find(token.kind()).map(kind -> kind == TokenKind.ADMIN ? admin(token) : bound(token));
    }

    private static Identity admin(StoredToken token) {
        return new Identity(PrincipalKind.USER, name(token), Optional.empty(), true, Optional.empty(), Set.of("*"));
    }

    private static Identity bound(StoredToken token) {
        return new Identity(
                PrincipalKind.SERVICE, name(token), token.tenant().map(TenantId::new), false, token.plugin(), Set.of());
    }

    /** Names the token, so that logs and audit tell one holder from another. */
    private static String name(StoredToken token) {
        return token.kind() + ":" + token.id();
    }

    private static boolean same(String stored, String hash) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    private static Authentication unknown() {
        return Authentication.refused(Reason.INVALID, "The token is not known here, or it was revoked.");
    }
}
