// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.TokenStore.StoredToken;
import java.util.Optional;
import java.util.Set;

/**
 * A token that was found, with whom it stands for: worked out once and not by every call.
 *
 * @param holder nobody for a kind that only a newer Mortise knows
 */
record KnownToken(StoredToken stored, Optional<Authentication> holder) {
    static KnownToken of(StoredToken stored) {
        return new KnownToken(
                stored,
                TokenKind.find(stored.kind())
                        .map(kind ->
                                Authentication.authenticated(kind == TokenKind.ADMIN ? admin(stored) : bound(stored))));
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
}
