// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.gateway.guard.OpenStreams;
import dev.mortise.gateway.guard.PlaceSettings;
import dev.mortise.gateway.guard.Pool;
import org.jspecify.annotations.Nullable;

/**
 * What a client's call holds while a plugin answers it: one of the server's threads, and for a stream one of those that may
 * be open. The last threads are never taken: whatever plugins do, the core, its health and its orders answer. Calls from
 * plugin to plugin run on threads that are held already.
 */
final class Capacity {
    private static final String THREADS = "threads";
    private static final String STREAMS = "streams";

    private final Pool threads;
    private final Pool streams;
    private volatile int streamsEach;

    Capacity(PlaceSettings settings) {
        threads = new Pool(
                "request threads for plugins (threads.reserve.percent)", settings.clientCalls(), System::nanoTime);
        streams = new Pool("streams (streams.max)", settings.streams(), System::nanoTime);
        streamsEach = settings.streamsEach();
    }

    /** Judges by these numbers from now on; what is taken stays so. */
    void use(PlaceSettings next) {
        threads.bound(next.clientCalls());
        streams.bound(next.streams());
        streamsEach = next.streamsEach();
    }

    Pool threads() {
        return threads;
    }

    Pool streams() {
        return streams;
    }

    /** Takes what a call of the route needs, to be given back; answers why it can't have it, or null. */
    @Nullable
    Outcome take(MountedRoute route) {
        if (route.owner().plugin().isEmpty()) {
            return null;
        }
        if (!threads.take()) {
            return rejected(route, THREADS, noThread());
        }
        Outcome refused = route.streaming() ? takeStream(route) : null;
        if (refused != null) {
            threads.giveBack();
        }
        return refused;
    }

    /** Gives back what a call of the route took. */
    void giveBack(MountedRoute route) {
        if (route.owner().plugin().isEmpty()) {
            return;
        }
        if (route.streaming()) {
            route.owner().stay().streams().leave();
            streams.giveBack();
        }
        threads.giveBack();
    }

    private @Nullable Outcome takeStream(MountedRoute route) {
        OpenStreams own = route.owner().stay().streams();
        int each = streamsEach;
        if (!own.enter(each)) {
            return Missed.keptOut(route, rejected(route, STREAMS, noStream(route, each)));
        }
        if (streams.take()) {
            return null;
        }
        own.leave();
        return rejected(route, STREAMS, noStream());
    }

    private static Refusal rejected(MountedRoute route, String guard, Refusal refusal) {
        route.owner().meters().rejected(guard);
        return refusal;
    }

    private Refusal noThread() {
        return busy(
                "Plugins have %d calls of clients in hand, as many as all of them together may have; the other threads"
                                .formatted(threads.most())
                        + " are kept for the core (http.threads, threads.reserve.percent). Try again in a moment.");
    }

    private Refusal noStream() {
        return busy(
                "%d streams are open, as many as all plugins together may have (streams.max). Try again in a moment."
                        .formatted(streams.most()));
    }

    private static Refusal noStream(MountedRoute route, int each) {
        return busy("The streams of %s are taken: %d are open, as many as may be (streams.each). Try again in a moment."
                .formatted(route.owner().title(), each));
    }

    private static Refusal busy(String sentence) {
        return Refusal.retryLater(ErrorCode.SERVICE_UNAVAILABLE, sentence);
    }
}
