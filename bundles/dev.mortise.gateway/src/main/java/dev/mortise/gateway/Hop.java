// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Call;
import dev.mortise.rules.route.RouteTable.Found;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call from plugin to plugin that is under way: the provider's handler on the caller's thread, under a context of its
 * own. Nothing of one plugin's classes reaches the other.
 */
record Hop(Owner caller, CallContext context, ServiceMount mount) {
    private static final ServiceCalls.Outcome GONE = new ServiceCalls.Gone();

    /** Calls the handler; refuses when the time of the call is over before or after. */
    ServiceCalls.Outcome go(
            Found.Match<MountedRoute> match,
            HandlerRequest.Asked asked,
            Deadlines deadlines,
            Recorder recorder,
            Settings settings) {
        MountedRoute route = match.value();
        long now = System.nanoTime();
        long callers = context instanceof Call call
                ? call.deadlineNanos()
                : now + context.remaining().toNanos();
        if (callers - now <= 0) {
            return late(asked);
        }
        boolean own = !route.streaming() && now + route.timeoutNanos() - callers < 0;
        Call child = child(own ? now + route.timeoutNanos() : callers);
        if (!provider().traffic().enter()) {
            return GONE;
        }
        // The caller's deadline is watched already, by whoever watches the caller.
        Watch watch = own ? deadlines.watch(child.deadlineNanos(), () -> {}) : null;
        ServiceCalls.Outcome outcome;
        try {
            outcome = answer(match, asked, child, settings.queryLimit());
            outcome = inTime(watch, deadlines) ? outcome : late(asked);
        } catch (Throwable fault) {
            boolean inTime = inTime(watch, deadlines) && !child.remaining().isZero();
            outcome = inTime ? failed(fault, asked, recorder) : late(asked);
        } finally {
            provider().traffic().leave();
        }
        route.meter().record(status(outcome), System.nanoTime() - now);
        return outcome;
    }

    private Owner provider() {
        return mount.plugin().owner();
    }

    private Call child(long deadline) {
        return new Call(
                context.tenant(),
                context.identity(),
                caller.plugin(),
                context.requestId(),
                context.traceparent(),
                deadline,
                context.hop() + 1);
    }

    private ServiceCalls.Outcome answer(
            Found.Match<MountedRoute> match, HandlerRequest.Asked asked, Call child, int queryLimit) throws Exception {
        HandlerRequest request = new HandlerRequest(crossing(asked), match.parameters(), queryLimit, child);
        Response response = provider().run(child, () -> match.value().handler().handle(request));
        Objects.requireNonNull(response, "the handler answered null");
        return new ServiceCalls.Answered(new Response(
                response.status(),
                Crossing.headers(response.headers()),
                Crossing.body(response.body(), provider(), child)));
    }

    private HandlerRequest.Asked crossing(HandlerRequest.Asked asked) throws IOException {
        return new HandlerRequest.Asked(
                asked.method(),
                asked.path(),
                asked.rawQuery(),
                new VisibleHeaders(Crossing.headers(asked.headers())),
                Crossing.body(asked.body(), caller, context));
    }

    private static boolean inTime(@Nullable Watch watch, Deadlines deadlines) {
        return watch == null || deadlines.end(watch);
    }

    private static int status(ServiceCalls.Outcome outcome) {
        return outcome instanceof ServiceCalls.Answered answered
                ? answered.response().status()
                : ErrorCode.DEADLINE_EXCEEDED.status();
    }

    private ServiceCalls.Outcome failed(Throwable fault, HandlerRequest.Asked asked, Recorder recorder) {
        String what =
                "%s %s of %s".formatted(asked.method(), asked.path(), provider().title());
        Refusal refusal = Problems.refusal(fault, what, context.requestId());
        recorder.refused(mount.plugin(), refusal);
        return new ServiceCalls.Answered(Problems.response(refusal, asked.path(), context.requestId()));
    }

    private Refusal late(HandlerRequest.Asked asked) {
        return Refusal.of(
                ErrorCode.DEADLINE_EXCEEDED,
                "%s did not answer %s %s before the deadline of call %s."
                        .formatted(mount.declaration().name(), asked.method(), asked.path(), context.requestId()));
    }
}
