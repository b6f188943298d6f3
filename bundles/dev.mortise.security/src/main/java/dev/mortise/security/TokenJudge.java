// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TokenStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

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
        Optional<KnownToken> token = cache.find(hash, () -> load(hash));
        return token.isPresent() ? judged(token.get()) : unknown();
    }

    private Optional<KnownToken> load(String hash) {
        return outage.ask(() -> store.byHash(hash))
                .filter(token -> same(token.hash(), hash))
                .map(KnownToken::of);
    }

    private Authentication judged(KnownToken token) {
        Optional<Instant> end = token.stored().expiresAt();
        if (end.isPresent() && !clock.instant().isBefore(end.get())) {
            return Authentication.refused(Reason.EXPIRED, "The token expired at " + end.get() + ". Ask for a new one.");
        }
        Optional<String> tenant = token.stored().tenant();
        boolean tenantGone = tenant.isPresent() && tenants.find(tenant.get()).isEmpty();
        return tenantGone || token.holder().isEmpty()
                ? unknown()
                : token.holder().get();
    }

    private static boolean same(String stored, String hash) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    private static Authentication unknown() {
        return Authentication.refused(Reason.INVALID, "The token is not known here, or it was revoked.");
    }
}
