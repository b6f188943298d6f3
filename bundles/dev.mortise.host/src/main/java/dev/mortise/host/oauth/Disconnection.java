// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Connections.Ended;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Seen;
import java.util.Optional;

/** Gives tokens back, where the authorization server takes them (RFC 7009). */
record Disconnection(Grants grants, TokenClient client) {
    private static final String LEFT = " Take the access back there, if it should end.";

    /** Answers what came of it; nothing when there are no tokens. They are to be forgotten in any case. */
    Optional<Ended> giveBack() {
        Optional<Grant> grant = grants.store().read(grants.place()).map(Seen::grant);
        return grant.map(tokens -> {
            Optional<String> left = grants.method(tokens.methodId())
                    .map(method -> givenBack(method, tokens))
                    .orElse(Optional.of("The plugin has no such method any more." + LEFT));
            return new Ended(
                    left.isEmpty(),
                    "The tokens are forgotten. " + left.orElse("The authorization server took them back."));
        });
    }

    /** The refresh token goes first: with it go the access tokens that were made of it. */
    private Optional<String> givenBack(OAuth2 method, Grant tokens) {
        Optional<String> url = method.endpoints().revocation();
        if (url.isEmpty()) {
            return Optional.of("The plugin names no address where they are given back." + LEFT);
        }
        try {
            Optional<String> refresh = grants.refresh(tokens);
            return client.revoke(
                            grants.client(method),
                            url.get(),
                            refresh.orElseGet(() -> grants.access(tokens)),
                            refresh.isPresent() ? "refresh_token" : "access_token")
                    .map(why -> "The authorization server " + why + "." + LEFT);
        } catch (MortiseException e) {
            return Optional.of("They were not given back: " + e.getMessage() + LEFT);
        }
    }
}
