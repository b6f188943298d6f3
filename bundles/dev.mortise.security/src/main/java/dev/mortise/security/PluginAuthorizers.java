// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.Authorizer;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.security.PluginGuard.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Asks every authorizer of every plugin; one denial is enough, and a fault is a denial. */
final class PluginAuthorizers {
    private final CopyOnWriteContributions contributions;
    private final Having having;
    private final AtomicLong number = new AtomicLong();

    PluginAuthorizers(CopyOnWriteContributions contributions, Having having) {
        this.contributions = contributions;
        this.having = having;
    }

    /** Asks again from the start when a version is retired while it is asked: an update denies nobody. */
    Decision ask(Identity identity, Action action) {
        Optional<Decision> answer;
        do {
            answer = askOnce(identity, action);
        } while (answer.isEmpty());
        return answer.get();
    }

    private Optional<Decision> askOnce(Identity identity, Action action) {
        for (Contribution contribution : contributions.current()) {
            if (!concerns(contribution, action)) {
                continue;
            }
            for (Authorizer authorizer : contribution.authorizers()) {
                Outcome<Decision> outcome = ask(contribution, authorizer, identity, action);
                if (outcome instanceof Outcome.Retired) {
                    return Optional.empty();
                }
                Decision decision = settled(contribution, outcome);
                if (decision instanceof Decision.Deny) {
                    return Optional.of(decision);
                }
            }
        }
        return Optional.of(Decision.allow());
    }

    /** A tenant that does not have a plugin is none of its business. */
    private boolean concerns(Contribution contribution, Action action) {
        return action.tenant().isEmpty()
                || having.has(action.tenant().get(), contribution.plugin().id());
    }

    private Outcome<Decision> ask(Contribution contribution, Authorizer authorizer, Identity identity, Action action) {
        PluginGuard guard = contribution.guard();
        Call context = context(contribution, identity, action, guard);
        return guard.call(context, () -> authorizer.decide(identity, action), Outcome.Answered::new);
    }

    /** The tenant of the action, so that rules may lie in tables; the hop count goes on, so that no loop is hidden. */
    private Call context(Contribution contribution, Identity identity, Action action, PluginGuard guard) {
        Optional<CallContext> outer = BoundContext.find();
        return new Call(
                action.tenant(),
                identity,
                Optional.of(contribution.pluginId()),
                outer.map(CallContext::requestId).orElseGet(() -> "authorize-" + number.incrementAndGet()),
                outer.flatMap(CallContext::traceparent),
                System.nanoTime() + guard.timeout().toNanos(),
                outer.map(CallContext::hop).orElse(0));
    }

    private static Decision settled(Contribution contribution, Outcome<Decision> outcome) {
        return outcome instanceof Outcome.Answered<Decision> answered
                ? answered.value()
                : Decision.deny("Plugin '" + contribution.pluginId() + "' could not decide. Try again later.");
    }
}
