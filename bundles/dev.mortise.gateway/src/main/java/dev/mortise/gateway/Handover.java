// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Call;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Hands an exchange that passed the checks to its handler, within its time and counted in its plugin. */
final class Handover {
    // A stream has no deadline; this only keeps the arithmetic of its context finite.
    private static final long STREAM_NANOS = TimeUnit.DAYS.toNanos(1);

    private final int queryLimit;

    Handover(int queryLimit) {
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
        if (!traffic.enter()) {
            return false;
        }
        try {
            handle(passage, way, target, way.call(passage, deadline));
        } finally {
            traffic.leave();
        }
        return true;
    }

    private void handle(Passage passage, Way way, Destination.Target target, Call call) {
        MountedRoute route = target.route();
        HandlerRequest request = way.request(passage.exchange(), target.parameters(), queryLimit, call);
        try {
            route.owner().run(call, () -> {
                Response response = route.handler().handle(request);
                // Still as the plugin: a body that writes itself is the plugin's code too.
                passage.answer(Objects.requireNonNull(response, "the handler answered null"));
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
