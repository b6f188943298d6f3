// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.Stuck;
import dev.mortise.gateway.guard.Taking;
import dev.mortise.kernel.call.AwaitedContent;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.Tracing;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on its way through the gateway, and the only one who answers it: in time on the thread of the handler, or
 * from the timer's thread when the handler is late.
 */
final class Passage implements Runnable {
    private final HttpExchange exchange;
    private final Deadlines deadlines;
    private final long longestNanos;
    private final Recorder recorder;
    private final String requestId;
    private final long startNanos = System.nanoTime();
    private @Nullable Watch watch;
    private boolean late;
    private OpenStream.@Nullable Rule streams;
    // Read by the timer too, when the handler is late.
    private volatile RouteMeter meter;
    private volatile Leg leg = Leg.FIRST;
    private volatile Admission.Caller caller = Admission.Caller.NOBODY;
    private volatile @Nullable Taking taking;
    private volatile Stuck.@Nullable Handler handler;
    private volatile Body reading = Body.empty();
    private Tracing.@Nullable Span span;

    Passage(HttpExchange exchange, Means means) {
        this.exchange = exchange;
        this.deadlines = means.deadlines();
        this.longestNanos = means.settings().deadlineLimit().toNanos();
        this.recorder = means.recorder();
        this.meter = recorder.strays();
        this.requestId = RequestIds.of(exchange.headers());
    }

    HttpExchange exchange() {
        return exchange;
    }

    String requestId() {
        return requestId;
    }

    /** From now on it is a span of its trace, where traces are wanted. */
    void follow() {
        span = recorder.begin(Tracing.Kind.CLIENT, RequestIds.traceparent(exchange.headers()));
    }

    Tracing.@Nullable Span span() {
        return span;
    }

    /** Answers the trace context that it passes on: that of its own span, or what came with it. */
    Optional<String> traceparent() {
        Tracing.Span own = span;
        return own == null ? RequestIds.traceparent(exchange.headers()) : Optional.of(own.traceparent());
    }

    /** Says where the exchange leads, as far as that is known. */
    void leadsTo(@Nullable RouteMeter known) {
        if (known != null) {
            meter = known;
        }
    }

    /** Says what was taken of the rate of the service; the answer tells of it. */
    void took(Taking token) {
        taking = token;
    }

    /** Tells whether something was taken of the rate already. */
    boolean tookBefore() {
        return taking != null;
    }

    /** Says that a handler runs now; it is told when its caller is answered in its place. */
    void runs(Stuck.Handler running) {
        handler = running;
    }

    /** Says what its handler may read of its request. */
    void reads(Body content) {
        reading = content;
    }

    /** Tells whether it was answered because of its deadline. */
    boolean late() {
        return !unlimit();
    }

    /** Answers what measures it. */
    RouteMeter meter() {
        return meter;
    }

    /** Says what chain of calls it is part of. */
    void partOf(Leg known) {
        leg = known;
    }

    Leg leg() {
        return leg;
    }

    /** Says who calls, as far as that is known. */
    void comesFrom(Admission.Caller known) {
        caller = known;
    }

    Admission.Caller caller() {
        return caller;
    }

    /** Answers the deadline that lies the given time after the arrival, on the scale of {@link System#nanoTime}. */
    long deadline(long timeoutNanos) {
        return startNanos + timeoutNanos;
    }

    /** From now on the calling thread has until the deadline; answers false when it is over already. */
    boolean limit(long deadlineNanos) {
        Watch current = watch;
        if (current != null && current.deadlineNanos() == deadlineNanos && current.running()) {
            return true;
        }
        boolean open = unlimit();
        if (open) {
            watch = deadlines.watch(deadlineNanos, this);
        }
        return open;
    }

    /** From now on time does not count; answers false when it is over already. */
    boolean unlimit() {
        Watch current = watch;
        watch = null;
        if (current != null && !deadlines.end(current)) {
            late = true;
        }
        return !late;
    }

    /** From now on its answer has until the deadline to begin, and is a stream; answers false when time is over already. */
    boolean stream(OpenStream.Rule rule, long deadlineNanos) {
        streams = rule;
        return limit(deadlineNanos);
    }

    /** Takes note that its handler holds on to its thread although its caller gets no more. */
    void outlived() {
        Stuck.Handler running = handler;
        if (running != null) {
            running.late();
        }
    }

    /** Answers the exchange, unless it was answered because of its deadline. */
    void answer(Response response) {
        Refusal failed = Conditions.failed(exchange, response);
        if (!unlimit()) {
            Unread.discard(response.body());
        } else if (failed != null) {
            Unread.discard(response.body());
            respond(failed);
        } else {
            respond(Conditions.judged(exchange, response), null);
        }
    }

    /** Answers the exchange; what its call comes to is said with it. */
    Outcome tell(Response response) {
        answer(response);
        return new Outcome.Answered(response);
    }

    /** Ends the exchange with what its caller gets when nothing else is tried. */
    void end(Outcome.Last last) {
        if (last instanceof Outcome.Answered answered) {
            answer(answered.response());
        } else {
            refuse((Refusal) last);
        }
    }

    /** Refuses the exchange. */
    void refuse(Refusal refusal) {
        if (unlimit()) {
            respond(refusal);
        }
    }

    /** Answers a fault; that of a handler that was interrupted because it is late is no news. */
    void fail(Throwable fault, String what) {
        if (unlimit()) {
            refuse(Problems.refusal(fault, what, requestId));
        }
    }

    /** Answers in the place of a handler that is late. Called by the timer, once at most. */
    @Override
    public void run() {
        outlived();
        long nanos = System.nanoTime() - startNanos;
        recorder.late(this, nanos);
        respond(tooLate(exchange.method() + " " + exchange.rawPath(), nanos));
    }

    private Refusal tooLate(String what, long nanos) {
        if (AwaitedContent.held(reading, nanos / 2)) {
            return Refusal.of(
                    ErrorCode.REQUEST_TIMEOUT,
                    "The body of %s did not come to its end within %d ms.".formatted(what, nanos / 1_000_000));
        }
        return streams == null
                ? leg.late(what, nanos)
                : Refusal.of(
                        ErrorCode.DEADLINE_EXCEEDED,
                        "%s did not begin its stream within %d ms (streams.idle.seconds)."
                                .formatted(what, nanos / 1_000_000));
    }

    private void respond(Refusal refusal) {
        respond(Problems.response(refusal, exchange.rawPath(), requestId), refusal);
    }

    private void respond(Response response, @Nullable Refusal refusal) {
        Delivery delivery = write(new Response(response.status(), stamped(response.headers()), response.body()));
        if (delivery instanceof Delivery.Unwritable unwritable) {
            respondInstead(unwritable.fault(), refusal);
        } else if (delivery != Delivery.LATE) {
            recorder.answered(this, response.status(), System.nanoTime() - startNanos, refusal, delivery);
        }
    }

    /** Nothing was sent yet, so its caller is told what a handler's fault comes to. */
    private void respondInstead(Throwable fault, @Nullable Refusal before) {
        if (before != null) {
            throw new IllegalStateException("A problem can't be written.", fault);
        }
        respond(Problems.refusal(fault, new AnswerWriter(this, deadlines).title(), requestId));
    }

    private Headers stamped(Headers fields) {
        Taking taken = taking;
        return taken == null
                ? new StampedHeaders(fields, RequestIds.HEADER, requestId)
                : new StampedHeaders(
                        fields,
                        "RateLimit-Policy",
                        taken.policyField(),
                        "RateLimit",
                        taken.limitField(),
                        RequestIds.HEADER,
                        requestId);
    }

    /** A body that writes itself has the longest time that a call may take, but for endpoints that declare streams. */
    private Delivery write(Response response) {
        if (response.body().buffered()) {
            return exchange.respond(response);
        }
        AnswerWriter writer = new AnswerWriter(this, deadlines);
        OpenStream.Rule rule = streams;
        Delivery delivery =
                rule == null ? writer.write(response, deadline(longestNanos)) : writer.stream(response, rule);
        if (delivery instanceof Delivery.BrokenOff brokenOff) {
            writer.tell(brokenOff);
        }
        return delivery;
    }
}
