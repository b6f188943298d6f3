// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.Identity;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.AccessControl;
import dev.mortise.kernel.port.TenantDirectory;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says who calls and what they may do: the core's rules first, then what plugins contribute, and refusal otherwise. */
@Component
public final class LayeredAccessControl implements AccessControl {
    private final CoreTokens tokens;
    private final CopyOnWriteContributions contributions;
    private final PluginAuthenticators authenticators;
    private final PluginAuthorizers authorizers;

    /** Made by DS. */
    @Activate
    public LayeredAccessControl(
            @Reference CoreTokens tokens,
            @Reference CopyOnWriteContributions contributions,
            @Reference TenantDirectory tenants,
            @Reference Having having) {
        this.tokens = tokens;
        this.contributions = contributions;
        this.authenticators = new PluginAuthenticators(contributions, new IdentityRules(tenants, having));
        this.authorizers = new PluginAuthorizers(contributions, having);
    }

    @Override
    public Authentication authenticate(AuthRequest request) {
        Credential credential = Credential.of(request);
        if (credential instanceof Credential.Malformed malformed) {
            return Authentication.refused(Reason.INVALID, malformed.why());
        }
        if (credential instanceof Credential.Bearer bearer) {
            return bearer(bearer.token(), request);
        }
        return authenticators.ask(request);
    }

    @Override
    public Decision authorize(Identity identity, Action action) {
        Decision decision = Permissions.check(identity, action);
        boolean last = decision instanceof Decision.Deny || Permissions.administers(identity, action);
        return last ? decision : authorizers.ask(identity, action);
    }

    /** A core token is never shown to a plugin, not even a wrong one. */
    private Authentication bearer(String token, AuthRequest request) {
        if (TokenText.claimed(token)) {
            return tokens.judge(new TokenText(token));
        }
        Set<PluginId> absent = new TreeSet<>(contributions.expected());
        Authentication answer = authenticators.ask(request);
        if (!(answer instanceof Authentication.NoOpinion)) {
            return answer;
        }
        // one may have come or gone while they were asked
        absent.addAll(contributions.expected());
        if (!absent.isEmpty()) {
            // a client that hears 401 throws its token away, and the one who knows it may only be restarting
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "This bearer token can't be judged now: "
                            + absent.stream()
                                    .sorted()
                                    .map(id -> "plugin '" + id + "'")
                                    .collect(Collectors.joining(", "))
                            + " is not ready. Try again.");
        }
        return Authentication.refused(Reason.INVALID, "Nobody here knows this bearer token.");
    }
}
