// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.call.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Accepts this plugin's tokens as credentials of the whole container. It says nothing of any other credential, and runs
 * without tenant: the token is what tells it.
 */
@Component
public final class TokenAuthenticator implements Authenticator {
    private final RecentTokens tokens;
    private final Clock clock;

    /** Shares what was found with the routes, which revoke. */
    @Activate
    public TokenAuthenticator(@Reference RecentTokens tokens) {
        this(tokens, Clock.systemUTC());
    }

    TokenAuthenticator(RecentTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(AuthRequest request) {
        return request.bearerToken()
                .filter(TokenText::claimed)
                .map(text -> judge(new TokenText(text)))
                .orElseGet(Authentication::noOpinion);
    }

    private Authentication judge(TokenText text) {
        String hash = text.hash();
        Optional<KnownToken> known = text.wellFormed() ? tokens.find(hash) : Optional.empty();
        return known.filter(token -> same(token.hash(), hash))
                .map(this::accept)
                .orElseGet(() ->
                        Authentication.refused(Reason.INVALID, "The token is not known here, or it was revoked."));
    }

    private Authentication accept(KnownToken token) {
        if (token.expiredAt(clock.instant())) {
            return Authentication.refused(
                    Reason.EXPIRED, "The token expired at " + token.expiresAt().orElseThrow() + ". Ask for a new one.");
        }
        return Authentication.authenticated(
                Identity.user("worker-token:" + token.id(), token.tenant(), token.permissions()));
    }

    /** Takes the same time wherever the two differ. */
    private static boolean same(String stored, String hash) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }
}
