// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.Tracing;
import dev.mortise.rules.route.RouteTable.Found;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call from plugin to plugin that is under way: the provider's handler on the caller's thread, under a context of its
 * own. Nothing of one plugin's classes reaches the other.
 */
record Hop(Owner caller, CallContext context, ServiceMount mount, Means means, Tries tries) {
    private static final ServiceCalls.Outcome GONE = new ServiceCalls.Gone();

    /** Calls the handler; refuses when the time of the call is over before or after. */
    ServiceCalls.Outcome go(Found.Match<MountedRoute> match, HandlerRequest.Asked asked) {
        MountedRoute route = match.value();
        long now = System.nanoTime();
        long callers = context instanceof Call call
                ? call.deadlineNanos()
                : now + context.remaining().toNanos();
        if (callers - now <= 0) {
            return late(asked);
        }
        Traffic.Entry entry = provider().traffic().enter(route.guard().calls());
        if (entry == Traffic.Entry.RETIRED) {
            return GONE;
        }
        if (entry == Traffic.Entry.FULL) {
            return Missed.keptOut(route, means.gate().full(route));
        }
        try {
            boolean own = !route.streaming() && now + route.timeoutNanos() - callers < 0;
            Tracing.Span span = means.recorder().begin(Tracing.Kind.PLUGIN, context.traceparent());
            Call child = child(own ? now + route.timeoutNanos() : callers, span);
            ServiceCalls.Outcome outcome = guarded(match, asked, child, own);
            if (span != null) {
                Spans.end(span, this, route.meter(), status(outcome));
            }
            return outcome;
        } finally {
            provider().traffic().leave();
        }
    }

    private ServiceCalls.Outcome guarded(
            Found.Match<MountedRoute> match, HandlerRequest.Asked asked, Call child, boolean own) {
        MountedRoute route = match.value();
        Refusal overRate =
                tries.none() ? means.gate().overRate(route, means.gate().take(route, child.tenant())) : null;
        if (overRate != null) {
            return overRate;
        }
        Refusal refusal = means.gate().refusal(route);
        if (refusal != null) {
            return Missed.keptOut(route, refusal);
        }
        long begin = System.nanoTime();
        ServiceCalls.Outcome outcome = answered(match, asked, child, own);
        means.gate().ended(route, ending(outcome, own));
        route.meter().record(status(outcome), System.nanoTime() - begin);
        return outcome;
    }

    private ServiceCalls.Outcome answered(
            Found.Match<MountedRoute> match, HandlerRequest.Asked asked, Call child, boolean own) {
        // The caller's deadline is watched already, by whoever watches the caller.
        Watch watch = own ? means.deadlines().watch(child.deadlineNanos(), () -> {}) : null;
        try {
            ServiceCalls.Outcome outcome = answer(match, asked, child);
            return inTime(watch) ? outcome : late(asked);
        } catch (Unreached unreached) {
            inTime(watch);
            return unreached.missed(match.value());
        } catch (Throwable fault) {
            return inTime(watch) && !child.remaining().isZero() ? failed(fault, asked) : late(asked);
        }
    }

    private Owner provider() {
        return mount.plugin().owner();
    }

    private Call child(long deadline, Tracing.@Nullable Span span) {
        return new Call(
                context.tenant(),
                context.identity(),
                caller.plugin(),
                context.requestId(),
                span == null ? context.traceparent() : Optional.of(span.traceparent()),
                deadline,
                context.hop() + 1);
    }

    private ServiceCalls.Outcome answer(Found.Match<MountedRoute> match, HandlerRequest.Asked asked, Call child)
            throws Exception {
        MountedRoute route = match.value();
        HandlerRequest request = new HandlerRequest(
                crossing(asked, child), match.parameters(), means.settings().queryLimit(), child);
        Response kept = means.gate().kept(route, request);
        if (kept != null) {
            return new ServiceCalls.Answered(kept);
        }
        Response response = provider().run(child, () -> route.handler().handle(request));
        Objects.requireNonNull(response, "the handler answered null");
        Response plain = new Response(
                response.status(),
                Crossing.headers(response.headers()),
                Crossing.body(response.body(), provider(), child));
        return new ServiceCalls.Answered(means.gate().keep(route, request, plain, child));
    }

    private HandlerRequest.Asked crossing(HandlerRequest.Asked asked, Call child) throws IOException {
        Headers visible = new VisibleHeaders(Crossing.headers(asked.headers()));
        boolean followed = !child.traceparent().equals(context.traceparent());
        return new HandlerRequest.Asked(
                asked.method(),
                asked.path(),
                asked.rawQuery(),
                followed ? Spans.stamped(visible, child) : visible,
                Crossing.body(asked.body(), caller, context));
    }

    private boolean inTime(@Nullable Watch watch) {
        return watch == null || means.deadlines().end(watch);
    }

    private static Gate.Ending ending(ServiceCalls.Outcome outcome, boolean own) {
        return outcome instanceof Missed missed
                ? Gate.Ending.of(missed, own)
                : Gate.Ending.of(outcome instanceof ServiceCalls.Answered, own);
    }

    private static int status(ServiceCalls.Outcome outcome) {
        ServiceCalls.Outcome told = outcome instanceof Missed missed ? missed.instead() : outcome;
        return told instanceof ServiceCalls.Answered answered
                ? answered.response().status()
                : ((Refusal) told).code().status();
    }

    private ServiceCalls.Outcome failed(Throwable fault, HandlerRequest.Asked asked) {
        String what =
                "%s %s of %s".formatted(asked.method(), asked.path(), provider().title());
        Refusal refusal = Problems.refusal(fault, what, context.requestId());
        Recorder.PluginCall call = new Recorder.PluginCall(
                caller.name(), context, mount.declaration().name().value(), asked.method(), asked.path());
        means.recorder().refused(call, mount.plugin(), refusal);
        return new ServiceCalls.Answered(Problems.response(refusal, asked.path(), context.requestId()));
    }

    private Refusal late(HandlerRequest.Asked asked) {
        return Refusal.of(
                ErrorCode.DEADLINE_EXCEEDED,
                "%s did not answer %s %s before the deadline of call %s."
                        .formatted(mount.declaration().name(), asked.method(), asked.path(), context.requestId()));
    }
}
