// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.port.AccessControl;
import org.jspecify.annotations.Nullable;

/** Asks what an identity may do. Whoever is not allowed is refused, also when there is nobody to ask. */
final class Permissions {
    private final Neighbours neighbours;

    Permissions(Neighbours neighbours) {
        this.neighbours = neighbours;
    }

    /** Tells whether the identity may do everything here because the operator has switched authentication off. */
    static boolean unasked(Identity identity) {
        return identity.kind() == PrincipalKind.ANONYMOUS && identity.equals(Doorkeeper.EVERYBODY);
    }

    /** Answers why the identity may not do it, or null when it may. */
    @Nullable
    Refusal check(Identity identity, Action action) {
        if (unasked(identity)) {
            return null;
        }
        AccessControl access = neighbours.access();
        if (access == null) {
            return nobodyToAsk(identity, action);
        }
        Decision decision = access.authorize(identity, action);
        if (decision instanceof Decision.Allow) {
            return null;
        }
        return Refusal.of(
                ErrorCode.PERMISSION_DENIED,
                decision instanceof Decision.Deny deny
                        ? deny.reason()
                        : "Nobody allows '%s' to %s %s.".formatted(identity.id(), action.method(), action.path()));
    }

    // A plugin that acts for itself was granted what it declares, and nothing more is asked; that needs no judge.
    private static @Nullable Refusal nobodyToAsk(Identity identity, Action action) {
        return identity.plugin().isPresent() && action.permissions().isEmpty()
                ? null
                : Refusal.of(
                        ErrorCode.PERMISSION_DENIED,
                        "Nobody can say what '%s' may do: this Mortise runs without the security feature."
                                .formatted(identity.id()));
    }
}
