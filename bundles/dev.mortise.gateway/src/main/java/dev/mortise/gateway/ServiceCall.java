// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.Taking;
import dev.mortise.kernel.call.AwaitedContent;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.call.HeldAnswers;
import dev.mortise.kernel.call.NoContent;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.port.Tracing;
import dev.mortise.rules.route.RouteTable.Found;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call from plugin to plugin, or from a client to a tool, that is under way: the provider's handler on the caller's thread, under a context of its
 * own. Nothing of one plugin's classes reaches the other.
 */
final class ServiceCall implements Visit {
    private final Ends ends;
    private final CallContext context;
    private final HandlerRequest.Asked asked;
    private final Means means;
    private final MountedRoute route;
    private final Tries tries;
    private final long begun = System.nanoTime();
    private final long deadlineNanos;
    private final boolean own;
    private Tracing.@Nullable Span span;

    /** Who calls, and what. */
    record Ends(Owner caller, ServiceMount mount, Found.Match<MountedRoute> match) {
        Owner provider() {
            return mount.plugin().owner();
        }
    }

    /** Prepares a call. */
    ServiceCall(Ends ends, CallContext context, HandlerRequest.Asked asked, Means means, Tries tries) {
        this.ends = ends;
        this.context = context;
        this.asked = asked;
        this.means = means;
        this.tries = tries;
        this.route = ends.match().value();
        long callers = Deadlines.of(context);
        // An endpoint has its time once, however many instances are tried in it.
        long endpoints = (tries.none() ? begun : tries.begunNanos()) + route.timeoutNanos();
        this.own = !route.streaming() && endpoints - callers < 0;
        this.deadlineNanos = own ? endpoints : callers;
    }

    /** Calls the handler; refuses when the time of the call is over before or after. */
    Outcome go() {
        if (deadlineNanos - begun <= 0) {
            return late();
        }
        Outcome outcome = passed();
        if (span != null) {
            Spans.end(span, this, status(outcome));
        }
        return outcome;
    }

    private Outcome passed() {
        try {
            return means.gate().pass(this);
        } catch (Throwable fault) { // what the caller hands over is code of its own
            return context.remaining().isZero() ? late() : failed(fault);
        }
    }

    Owner caller() {
        return ends.caller();
    }

    CallContext context() {
        return context;
    }

    @Override
    public MountedRoute route() {
        return route;
    }

    @Override
    public HandlerRequest request() throws IOException {
        Tracing.Span begins = means.recorder().begin(Tracing.Kind.PLUGIN, context.traceparent());
        span = begins;
        Call child = child(begins);
        return new HandlerRequest(
                crossing(child), ends.match().parameters(), means.settings().queryLimit(), child);
    }

    private Call child(Tracing.@Nullable Span begins) {
        return new Call(
                context.tenant(),
                context.identity(),
                ends.caller().plugin(),
                context.requestId(),
                begins == null ? context.traceparent() : Optional.of(begins.traceparent()),
                deadlineNanos,
                context.hop() + (ends.caller().plugin().isPresent() ? 1 : 0));
    }

    private HandlerRequest.Asked crossing(Call child) throws IOException {
        return new HandlerRequest.Asked(
                asked.method(),
                asked.wholePath(),
                asked.from(),
                asked.rawQuery(),
                new VisibleHeaders(OwnFields.in(Crossing.headers(asked.headers()), child)),
                Crossing.body(asked.body(), ends.caller(), context));
    }

    @Override
    public boolean tookBefore() {
        return !tries.none();
    }

    @Override
    public void took(Taking taking) {
        // A plugin is told only when there is none left.
    }

    @Override
    public Outcome tell(Response response) {
        // It was kept with its content, which HEAD has not.
        Response told = asked.method().equals("HEAD")
                ? new Response(response.status(), response.headers(), NoContent.inPlaceOf(response.body()))
                : response;
        return measured(new Outcome.Answered(told));
    }

    @Override
    public Outcome handle(HandlerRequest request) {
        return measured(answered(request));
    }

    private Outcome measured(Outcome outcome) {
        route.meter().record(status(outcome), System.nanoTime() - begun);
        return outcome;
    }

    private Outcome answered(HandlerRequest request) {
        // Also where it is the caller's own: he may be on a thread of his, which nobody watches.
        Watch watch = means.deadlines().watch(deadlineNanos, () -> {});
        try {
            Response response = answer(request);
            return means.deadlines().end(watch) ? new Outcome.Answered(response) : late(response);
        } catch (Unreached unreached) {
            // Its own watch over the deadline may be a little ahead of this one.
            boolean inTime = means.deadlines().end(watch) && System.nanoTime() - deadlineNanos < 0;
            return inTime ? unreached.missed(route) : unreached.late(route, late());
        } catch (Throwable fault) {
            return means.deadlines().end(watch)
                            && !request.context().remaining().isZero()
                    ? failed(fault)
                    : late();
        }
    }

    private Response answer(HandlerRequest request) throws Exception {
        CallContext child = request.context();
        Response response = ends.provider().run(child, () -> told(request));
        Response plain = Crossing.answer(response, request.method(), route, child);
        return means.gate().keep(route, request, plain);
    }

    /** Runs the handler; an answer that streams may come from answers that it got itself, which live on with it then. */
    private Response told(HandlerRequest request) throws Exception {
        Response response = route.handler().handle(request);
        Objects.requireNonNull(response, "the handler answered null");
        if (!response.body().buffered()) {
            HeldAnswers.leaveToOuter();
        }
        return response;
    }

    @Override
    public Gate.Ending ending(Outcome outcome) {
        boolean counts = own && !AwaitedContent.held(asked.body(), route.timeoutNanos() / 2);
        return outcome instanceof Missed missed
                ? Gate.Ending.of(missed, counts)
                : Gate.Ending.of(outcome instanceof Outcome.Answered, counts);
    }

    private static int status(Outcome outcome) {
        Outcome told = outcome instanceof Missed missed ? missed.instead() : outcome;
        return told instanceof Outcome.Answered answered
                ? answered.response().status()
                : ((Refusal) told).code().status();
    }

    private Outcome failed(Throwable fault) {
        ServiceMount mount = ends.mount();
        String what = "%s %s of %s"
                .formatted(asked.method(), asked.path(), ends.provider().title());
        Refusal refusal = Problems.refusal(fault, what, context.requestId());
        Recorder.PluginCall call = new Recorder.PluginCall(
                ends.caller().name(), context, mount.declaration().name().value(), asked.method(), asked.path());
        means.recorder().refused(call, mount.plugin(), refusal);
        return new Outcome.Answered(Problems.response(refusal, asked.path(), context.requestId()));
    }

    private Refusal late(Response nobodys) {
        Unread.discard(nobodys.body());
        return late();
    }

    private Refusal late() {
        return Refusal.of(
                ErrorCode.DEADLINE_EXCEEDED,
                "%s did not answer %s %s before the deadline of call %s."
                        .formatted(
                                ends.mount().declaration().name(), asked.method(), asked.path(), context.requestId()));
    }
}
