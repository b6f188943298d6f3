// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.OpenStreams;
import dev.mortise.gateway.guard.Stuck;
import dev.mortise.gateway.guard.Taking;
import dev.mortise.kernel.call.AwaitedContent;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.HttpExchange;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One exchange that passed the checks, on its way to its handler: within its time and counted in its plugin. */
final class HttpCall implements Visit {
    // A stream has no deadline; this only keeps the arithmetic of its context finite.
    private static final long STREAM_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final Refusal OVER = Refusal.of(ErrorCode.DEADLINE_EXCEEDED, "The time of this call is over.");

    private final Passage passage;
    private final Way way;
    private final Destination.Target target;
    private final MountedRoute route;
    private final Means means;
    private final long deadlineNanos;
    private boolean over;
    private Body body = Body.empty();

    HttpCall(Passage passage, Way way, Destination.Target target, Means means) {
        this.passage = passage;
        this.way = way;
        this.target = target;
        this.route = target.route();
        this.means = means;
        long timeout = route.streaming() ? STREAM_NANOS : route.timeoutNanos();
        this.deadlineNanos = passage.deadline(Math.min(timeout, way.leg().remainingNanos()));
    }

    /** Runs the handler, unless a guard is against it; an answer is on its way to the caller then. */
    Outcome go() throws IOException {
        Capacity capacity = means.gate().capacity();
        Outcome refused = capacity.take(route);
        if (refused != null) {
            return refused;
        }
        try {
            return passed();
        } finally {
            capacity.giveBack(route);
        }
    }

    private Outcome passed() throws IOException {
        boolean inTime = route.streaming() ? stream() : passage.limit(deadlineNanos);
        return inTime ? means.gate().pass(this) : OVER;
    }

    private boolean stream() {
        long idle = means.settings().guards().streamIdle().toNanos();
        long begin = System.nanoTime() + idle;
        return passage.stream(new OpenStream.Rule(streams(), idle), begin - deadlineNanos < 0 ? begin : deadlineNanos);
    }

    private OpenStreams streams() {
        return route.owner().stay().streams();
    }

    @Override
    public MountedRoute route() {
        return route;
    }

    @Override
    public HandlerRequest request() {
        HttpExchange exchange = passage.exchange();
        Call call = call();
        Headers sent = new VisibleHeaders(exchange.headers());
        Headers visible = passage.span() == null ? sent : Spans.stamped(sent, call);
        body = route.guard().boundsBodies() ? exchange.body() : exchange.unboundedBody();
        passage.reads(body);
        HandlerRequest.Asked asked = new HandlerRequest.Asked(
                exchange.method(), way.path(), way.destination().from(), exchange.rawQuery(), visible, body);
        return new HandlerRequest(asked, target.parameters(), means.settings().queryLimit(), call);
    }

    private Call call() {
        Admission.Caller caller = way.caller();
        Optional<String> plugin =
                way.destination().betweenPlugins() ? caller.identity().plugin() : Optional.empty();
        return new Call(
                caller.tenant(),
                caller.acting(),
                plugin,
                passage.requestId(),
                passage.traceparent(),
                deadlineNanos,
                way.leg().hop());
    }

    @Override
    public boolean tookBefore() {
        return passage.tookBefore();
    }

    @Override
    public void took(Taking taking) {
        passage.took(taking);
    }

    @Override
    public Outcome tell(Response response) {
        return passage.tell(response);
    }

    @Override
    public Outcome handle(HandlerRequest request) {
        if (route.streaming() && streams().ended()) {
            return Refusal.retryLater(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "No stream of %s begins any more: this version of it is about to end."
                            .formatted(route.owner().title()));
        }
        Stuck.Handler handler = means.gate().handler(route);
        passage.runs(handler);
        try {
            // Telling is done as the plugin too: a body that writes itself is the plugin's code.
            return route.owner().run(request.context(), () -> tell(answer(request)));
        } catch (Unreached unreached) {
            over = System.nanoTime() - deadlineNanos >= 0;
            return over || passage.late() ? unreached.late(route, OVER) : unreached.missed(route);
        } catch (Throwable fault) {
            return failed(fault, request);
        } finally {
            handler.ended();
        }
    }

    private Response answer(HandlerRequest request) throws Exception {
        Response response = route.handler().handle(request);
        Objects.requireNonNull(response, "the handler answered null");
        return means.gate().keep(route, request, response);
    }

    /** The fault of a handler that was interrupted because it is late is no news. */
    private Refusal failed(Throwable fault, HandlerRequest request) {
        if (passage.late()) {
            return OVER;
        }
        String what =
                request.method() + " " + request.path() + " of " + route.owner().title();
        return Problems.refusal(fault, what, passage.requestId());
    }

    @Override
    public Gate.Ending ending(Outcome outcome) {
        boolean own = way.leg().remainingNanos() >= route.timeoutNanos()
                && !AwaitedContent.held(body, route.timeoutNanos() / 2);
        return outcome instanceof Missed missed
                ? Gate.Ending.of(missed, own)
                : Gate.Ending.of(!(over || passage.late()), own);
    }
}
