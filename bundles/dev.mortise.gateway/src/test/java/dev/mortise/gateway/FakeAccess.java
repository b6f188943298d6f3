// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.AccessControl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows a few tokens by heart, and remembers what it was asked. */
final class FakeAccess implements AccessControl {
    static final Identity ADMIN =
            new Identity(PrincipalKind.USER, "admin", Optional.empty(), true, Optional.empty(), Set.of("*"));
    static final Identity ALICE = Identity.user("alice", new TenantId("acme"), Set.of("inventory.read"));

    final Map<String, Authentication> tokens = new ConcurrentHashMap<>(Map.of(
            "admin", Authentication.authenticated(ADMIN),
            "alice", Authentication.authenticated(ALICE),
            "reports", Authentication.authenticated(plugin("reports")),
            "expired", Authentication.refused(Authentication.Reason.EXPIRED, "The token expired."),
            "revoked", Authentication.refused(Authentication.Reason.INVALID, "The token was revoked.")));
    final List<AuthRequest> requests = Collections.synchronizedList(new ArrayList<>());
    final List<Action> actions = Collections.synchronizedList(new ArrayList<>());

    static Identity plugin(String id) {
        return new Identity(
                PrincipalKind.SERVICE,
                "plugin:" + id,
                Optional.of(new TenantId("acme")),
                false,
                Optional.of(id),
                Set.of());
    }

    @Override
    public Authentication authenticate(AuthRequest request) {
        requests.add(request);
        return request.bearerToken()
                .map(token -> tokens.getOrDefault(token, Authentication.noOpinion()))
                .orElse(Authentication.noOpinion());
    }

    @Override
    public Decision authorize(Identity identity, Action action) {
        actions.add(action);
        boolean all = action.permissions().stream().allMatch(identity::has);
        return all && identity.kind() != PrincipalKind.ANONYMOUS
                ? Decision.allow()
                : Decision.deny("'%s' needs %s.".formatted(identity.id(), action.permissions()));
    }
}
