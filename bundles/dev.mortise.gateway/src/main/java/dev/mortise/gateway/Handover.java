// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.Stuck;
import dev.mortise.gateway.guard.Taking;
import dev.mortise.kernel.call.Call;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Hands an exchange that passed the checks to its handler, within its time and counted in its plugin. */
final class Handover {
    // A stream has no deadline; this only keeps the arithmetic of its context finite.
    private static final long STREAM_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Gate gate;
    private final int queryLimit;

    Handover(Gate gate, int queryLimit) {
        this.gate = gate;
        this.queryLimit = queryLimit;
    }

    /** Runs the handler and answers the exchange; false when the plugin left the snapshot before the call could enter. */
    boolean hand(Passage passage, Way way, Destination.Target target) {
        MountedRoute route = target.route();
        long timeout = route.streaming() ? STREAM_NANOS : route.timeoutNanos();
        long deadline = passage.deadline(Math.min(timeout, way.leg().remainingNanos()));
        boolean inTime = route.streaming() ? passage.unlimit() : passage.limit(deadline);
        if (!inTime) {
            return true;
        }
        Traffic traffic = route.owner().traffic();
        Traffic.Entry entry = traffic.enter(route.guard().calls());
        if (entry == Traffic.Entry.RETIRED) {
            return false;
        }
        if (entry == Traffic.Entry.FULL) {
            passage.refuse(gate.full(route));
            return true;
        }
        try {
            guard(passage, way, target, way.call(passage, deadline));
        } finally {
            traffic.leave();
        }
        return true;
    }

    private void guard(Passage passage, Way way, Destination.Target target, Call call) {
        MountedRoute route = target.route();
        HandlerRequest request = way.request(passage, target, queryLimit, call);
        Taking taking = gate.take(route, call.tenant());
        passage.took(taking);
        Response kept = taking == null || taking.granted() ? gate.kept(route, request) : null;
        if (kept != null) {
            passage.answer(kept);
            return;
        }
        Refusal refusal = gate.refusal(route, taking);
        if (refusal != null) {
            passage.refuse(refusal);
            return;
        }
        Stuck.Handler handler = gate.handler(route);
        passage.runs(handler);
        try {
            handle(passage, route, request, call);
        } finally {
            handler.ended();
            gate.ended(route, !passage.late(), way.leg().remainingNanos() >= route.timeoutNanos());
        }
    }

    private void handle(Passage passage, MountedRoute route, HandlerRequest request, Call call) {
        try {
            route.owner().run(call, () -> {
                Response response = route.handler().handle(request);
                Objects.requireNonNull(response, "the handler answered null");
                // Still as the plugin: a body that writes itself is the plugin's code too.
                passage.answer(gate.keep(route, request, response, call));
                return true;
            });
        } catch (Throwable fault) {
            passage.fail(
                    fault,
                    request.method() + " " + request.path() + " of "
                            + route.owner().title());
        }
    }
}
