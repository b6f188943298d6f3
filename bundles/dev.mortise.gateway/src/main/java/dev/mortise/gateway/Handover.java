// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.Stuck;
import dev.mortise.gateway.guard.Taking;
import dev.mortise.kernel.call.Call;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Hands an exchange that passed the checks to its handler, within its time and counted in its plugin. */
final class Handover {
    // A stream has no deadline; this only keeps the arithmetic of its context finite.
    private static final long STREAM_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Gate gate;
    private final IntSupplier queryLimit;

    Handover(Gate gate, IntSupplier queryLimit) {
        this.gate = gate;
        this.queryLimit = queryLimit;
    }

    /** What handing over came to. */
    enum End {
        /** The exchange is answered. */
        DONE,
        /** The plugin left the snapshot before the call could enter it. */
        GONE,
        /** The instance did not do what was asked, and another one may. */
        MISSED
    }

    /** Runs the handler and answers the exchange, unless somebody else can. */
    End hand(Passage passage, Way way, Destination.Target target) {
        MountedRoute route = target.route();
        long timeout = route.streaming() ? STREAM_NANOS : route.timeoutNanos();
        long deadline = passage.deadline(Math.min(timeout, way.leg().remainingNanos()));
        boolean inTime = route.streaming() ? passage.stream() : passage.limit(deadline);
        if (!inTime) {
            return End.DONE;
        }
        Traffic traffic = route.owner().traffic();
        Traffic.Entry entry = traffic.enter(route.guard().calls());
        if (entry == Traffic.Entry.RETIRED) {
            return End.GONE;
        }
        if (entry == Traffic.Entry.FULL) {
            return missed(passage, way, Missed.keptOut(route, gate.full(route)));
        }
        Missed missed;
        try {
            missed = guard(passage, way, target, way.call(passage, deadline));
        } finally {
            traffic.leave();
        }
        return missed == null ? End.DONE : missed(passage, way, missed);
    }

    private static End missed(Passage passage, Way way, Missed missed) {
        // A body that nobody asked for was not read; one that is too large is refused by whoever asks.
        Body body = passage.exchange().unboundedBody();
        if (way.destination().elsewhere(missed, way.caller(), body)) {
            return End.MISSED;
        }
        if (missed.instead() instanceof ServiceCalls.Answered answered) {
            passage.answer(answered.response());
        } else {
            passage.refuse((Refusal) missed.instead());
        }
        return End.DONE;
    }

    private @Nullable Missed guard(Passage passage, Way way, Destination.Target target, Call call) {
        MountedRoute route = target.route();
        HandlerRequest request = way.request(passage, target, queryLimit.getAsInt(), call);
        Taking taken = passage.taken();
        Taking taking = taken == null ? gate.take(route, call.tenant()) : taken;
        passage.took(taking);
        Refusal overRate = gate.overRate(route, taking);
        if (overRate != null) {
            passage.refuse(overRate);
            return null;
        }
        Response kept = gate.kept(route, request);
        if (kept != null) {
            passage.answer(kept);
            return null;
        }
        Refusal refusal = gate.refusal(route);
        return refusal == null ? watched(passage, way, route, request, call) : Missed.keptOut(route, refusal);
    }

    private @Nullable Missed watched(Passage passage, Way way, MountedRoute route, HandlerRequest request, Call call) {
        Stuck.Handler handler = gate.handler(route);
        passage.runs(handler);
        Missed missed = null;
        try {
            missed = handle(passage, route, request, call);
        } finally {
            handler.ended();
            boolean own = way.leg().remainingNanos() >= route.timeoutNanos();
            gate.ended(route, missed == null ? Gate.Ending.of(!passage.late(), own) : Gate.Ending.of(missed, own));
        }
        return missed;
    }

    private @Nullable Missed handle(Passage passage, MountedRoute route, HandlerRequest request, Call call) {
        try {
            route.owner().run(call, () -> {
                Response response = route.handler().handle(request);
                Objects.requireNonNull(response, "the handler answered null");
                // Still as the plugin: a body that writes itself is the plugin's code too.
                passage.answer(gate.keep(route, request, response, call));
                return true;
            });
        } catch (Unreached unreached) {
            return unreached.missed(route);
        } catch (Throwable fault) {
            passage.fail(
                    fault,
                    request.method() + " " + request.path() + " of "
                            + route.owner().title());
        }
        return null;
    }
}
