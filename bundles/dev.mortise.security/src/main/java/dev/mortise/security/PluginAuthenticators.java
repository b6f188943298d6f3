// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.security.PluginGuard.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks the authenticators of plugins in their order until one has an opinion. A fault of one of them lets
 * nobody in; one that does not answer at all is no reason either to call the credential bad, which a client throws away.
 */
final class PluginAuthenticators {
    private final CopyOnWriteContributions contributions;
    private final IdentityRules rules;
    private final AtomicLong number = new AtomicLong();

    PluginAuthenticators(CopyOnWriteContributions contributions, IdentityRules rules) {
        this.contributions = contributions;
        this.rules = rules;
    }

    /** Asks again from the start when a version is retired while it is asked: an update refuses nobody. */
    Authentication ask(AuthRequest request) {
        Optional<Authentication> answer;
        do {
            answer = askOnce(request);
        } while (answer.isEmpty());
        return answer.get();
    }

    private Optional<Authentication> askOnce(AuthRequest request) {
        for (Contribution contribution : contributions.current()) {
            for (Authenticator authenticator : contribution.authenticators()) {
                Outcome<Authentication> outcome = ask(contribution, authenticator, request);
                if (outcome instanceof Outcome.Retired) {
                    return Optional.empty();
                }
                Authentication answer = settled(contribution, outcome);
                if (!(answer instanceof Authentication.NoOpinion)) {
                    return Optional.of(answer);
                }
            }
        }
        return Optional.of(Authentication.noOpinion());
    }

    private Outcome<Authentication> ask(Contribution contribution, Authenticator authenticator, AuthRequest request) {
        PluginGuard guard = contribution.guard();
        Call context = Call.withoutTenant(contribution.pluginId(), requestId(), guard.timeout());
        return guard.call(context, () -> authenticator.authenticate(request), answer -> check(contribution, answer));
    }

    private Outcome<Authentication> check(Contribution contribution, Authentication answer) {
        if (answer instanceof Authentication.Authenticated authenticated) {
            return rules.admit(authenticated.identity(), contribution.plugin().id());
        }
        return new Outcome.Answered<>(answer);
    }

    /** The call that is being authenticated has an id of its own already; plugin-to-plugin calls carry it on. */
    private String requestId() {
        return BoundContext.find().map(CallContext::requestId).orElseGet(() -> "auth-" + number.incrementAndGet());
    }

    private static Authentication settled(Contribution contribution, Outcome<Authentication> outcome) {
        if (outcome instanceof Outcome.Answered<Authentication> answered) {
            return answered.value();
        }
        String detail = "Plugin '" + contribution.pluginId() + "' could not judge the credential. Try again later.";
        if (((Outcome.Failed<Authentication>) outcome).silent()) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, detail);
        }
        return Authentication.refused(Authentication.Reason.INVALID, detail);
    }
}
