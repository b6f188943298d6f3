// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import java.util.List;

/** The rule that no authorizer can lift: somebody is there, and holds every permission that the endpoint asks for. */
final class Permissions {
    /** Anonymous callers hold it where the operator has switched authentication off; plugins can't make such ones. */
    private static final String EVERYTHING = "*";

    private static final String ADMIN = "mortise.admin";

    private Permissions() {}

    static Decision check(Identity identity, Action action) {
        if (identity.kind() == PrincipalKind.ANONYMOUS && !identity.has(EVERYTHING)) {
            return Decision.deny(action.method() + " " + action.path() + " is not open to anonymous callers.");
        }
        for (String permission : action.permissions()) {
            if (!identity.has(permission)) {
                return Decision.deny(sentence(identity, action, missing(identity, action)));
            }
        }
        return Decision.allow();
    }

    /** Tells whether it is an administrator's call of the core: no plugin can close that door, least of all a broken one. */
    static boolean administers(Identity identity, Action action) {
        return action.plugin().isEmpty() && identity.has(ADMIN);
    }

    private static List<String> missing(Identity identity, Action action) {
        return action.permissions().stream()
                .filter(permission -> !identity.has(permission))
                .sorted()
                .toList();
    }

    private static String sentence(Identity identity, Action action, List<String> missing) {
        return "'%s' may not %s %s: it needs the permission%s '%s'."
                .formatted(
                        identity.id(),
                        action.method(),
                        action.path(),
                        missing.size() == 1 ? "" : "s",
                        String.join("', '", missing));
    }
}
