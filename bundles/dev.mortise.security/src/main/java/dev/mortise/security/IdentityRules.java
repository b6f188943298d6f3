// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.security.PluginGuard.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an identity that a plugin made may be: of one tenant that exists, bound to no plugin, and without any power over
 * the core. Only the core's own tokens carry more.
 */
final class IdentityRules {
    private static final int LONGEST_ID = 255;

    private final TenantDirectory tenants;
    private final Having having;

    IdentityRules(TenantDirectory tenants, Having having) {
        this.tenants = tenants;
        this.having = having;
    }

    /** Answers the identity without what the plugin may not give, or why there can't be such a one. */
    Outcome<Authentication> admit(Identity made, PluginId by) {
        if (made.kind() == PrincipalKind.ANONYMOUS) {
            return Outcome.Failed.nonsense("it authenticated an anonymous identity");
        }
        if (!readable(made.id())) {
            return Outcome.Failed.nonsense("it made an identity whose id is not 1 to 255 printable characters");
        }
        Optional<TenantId> tenant = made.tenant().filter(this::exists);
        if (tenant.isEmpty()) {
            return Outcome.Failed.nonsense("it made an identity without a tenant that exists");
        }
        if (!having.has(tenant.get(), by)) {
            return new Outcome.Answered<>(Authentication.refused(
                    Reason.INVALID, "Nobody here knows this credential for tenant '" + tenant.get() + "'."));
        }
        return new Outcome.Answered<>(Authentication.authenticated(
                new Identity(made.kind(), made.id(), tenant, false, Optional.empty(), ordinary(made.permissions()))));
    }

    /** The directory finds slugs too; an identity names its tenant by id alone. */
    private boolean exists(TenantId tenant) {
        return tenants.find(tenant.value())
                .filter(found -> found.id().equals(tenant))
                .isPresent();
    }

    private static boolean readable(String id) {
        return !id.isBlank() && id.length() <= LONGEST_ID && id.codePoints().noneMatch(IdentityRules::unprintable);
    }

    /** Control and format characters and line separators would forge lines of logs and of the audit. */
    private static boolean unprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static Set<String> ordinary(Set<String> permissions) {
        return permissions.stream()
                .filter(p -> !p.equals("*") && !p.startsWith("mortise."))
                .collect(Collectors.toUnmodifiableSet());
    }
}
