// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Connections.Ended;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.rules.oauth.TokenRequests;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Forgets tokens, and gives them back where the authorization server takes them (RFC 7009). */
record Disconnection(Grants grants, TokenClient client) {
    private static final String LEFT = " Take the access back there, if it should end.";

    /** Whom tokens of a method are given to; it throws when that is not known. */
    private record Asking(OAuth2 method, Supplier<TokenRequests> by) {}

    /**
     * Answers what came of it; nothing when there are no tokens. They are forgotten before the server is asked, which may take
     * a while: what comes meanwhile finds nothing to take the place of, and is given back by whoever fetched it.
     *
     * @param forget answers the tokens that it forgot
     */
    Optional<Ended> end(Supplier<Optional<Grant>> forget) {
        Optional<Grant> seen = grants.store().read(grants.place()).map(Seen::grant);
        // client id and secret may be forgotten with the tokens
        List<Asking> known = grants.stored().schema().methods().stream()
                .filter(OAuth2.class::isInstance)
                .map(OAuth2.class::cast)
                .map(method -> new Asking(method, now(method)))
                .toList();
        // the first try may have forgotten those that were seen, and no answer came
        Optional<Grant> forgotten = OnceMore.write(forget).or(() -> seen);
        return forgotten.map(tokens -> {
            Optional<String> left = known.stream()
                    .filter(asking -> asking.method.id().equals(tokens.methodId()))
                    .findFirst()
                    .map(asking -> givenBack(asking, tokens))
                    .orElse(Optional.of("The plugin has no such method any more." + LEFT));
            return new Ended(
                    left.isEmpty(),
                    "The tokens are forgotten. " + left.orElse("The authorization server took them back."));
        });
    }

    private Supplier<TokenRequests> now(OAuth2 method) {
        try {
            TokenRequests by = grants.client(method);
            return () -> by;
        } catch (MortiseException e) {
            return () -> {
                throw e;
            };
        }
    }

    /** The refresh token goes first: with it go the access tokens that were made of it. */
    private Optional<String> givenBack(Asking asking, Grant tokens) {
        Optional<String> url = asking.method.endpoints().revocation();
        if (url.isEmpty()) {
            return Optional.of("The plugin names no address where they are given back." + LEFT);
        }
        try {
            Optional<String> refresh = grants.refresh(tokens);
            return client.revoke(
                            asking.by.get(),
                            url.get(),
                            refresh.orElseGet(() -> grants.access(tokens)),
                            refresh.isPresent() ? "refresh_token" : "access_token")
                    .map(why -> "The authorization server " + why + "." + LEFT);
        } catch (MortiseException e) {
            return Optional.of("They were not given back: " + e.getMessage() + LEFT);
        }
    }
}
