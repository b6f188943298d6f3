// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.Breaker;
import dev.mortise.gateway.guard.CacheKey;
import dev.mortise.gateway.guard.CacheRule;
import dev.mortise.gateway.guard.GuardSettings;
import dev.mortise.gateway.guard.RateLimits;
import dev.mortise.gateway.guard.RateRule;
import dev.mortise.gateway.guard.ResponseCache;
import dev.mortise.gateway.guard.Stuck;
import dev.mortise.gateway.guard.Taking;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The guards that stand between a call that may be made and its handler, for calls of clients and of plugins alike. */
final class Gate {
    private static final Outcome GONE = new Outcome.Gone();
    private static final Refusal BROKEN = Refusal.of(ErrorCode.SERVICE_UNAVAILABLE, "The answer broke off.");

    private volatile GuardSettings settings;
    private final RateLimits rates;
    private final Stuck stuck;
    private final Capacity capacity;
    private final ResponseCache cache;

    Gate(GuardSettings settings) {
        this.settings = settings;
        this.rates = new RateLimits(settings.rateBuckets());
        this.stuck = new Stuck(settings.places().stuck());
        this.capacity = new Capacity(settings.places());
        this.cache = new ResponseCache(settings.cache());
    }

    /** Judges by these numbers from now on; what was counted and kept stays. */
    void use(GuardSettings next) {
        settings = next;
        rates.bound(next.rateBuckets());
        stuck.bound(next.places().stuck());
        capacity.use(next.places());
        cache.use(next.cache());
    }

    /** Answers what calls of clients take before they come here. */
    Capacity capacity() {
        return capacity;
    }

    /**
     * Takes a call past the guards and to its handler: a place in the plugin, the rate, kept answers, and only then what
     * leaves the handler alone, which a kept answer does not need.
     *
     * @throws IOException when what the caller sends can't be read
     */
    Outcome pass(Visit visit) throws IOException {
        MountedRoute route = visit.route();
        Traffic traffic = route.owner().traffic();
        Traffic.Entry entry = traffic.enter(route.guard().calls());
        if (entry == Traffic.Entry.RETIRED) {
            return GONE;
        }
        if (entry == Traffic.Entry.FULL) {
            return Missed.keptOut(route, full(route));
        }
        try {
            route.owner().meters().show();
            return inside(visit, route);
        } finally {
            traffic.leave();
        }
    }

    private Outcome inside(Visit visit, MountedRoute route) throws IOException {
        HandlerRequest request = visit.request();
        Refusal overRate = visit.tookBefore() ? null : overRate(visit, route, request);
        if (overRate != null) {
            return overRate;
        }
        Response kept = kept(route, request);
        if (kept != null) {
            return visit.tell(kept);
        }
        Refusal refusal = refusal(route);
        return refusal == null ? handled(visit, route, request) : Missed.keptOut(route, refusal);
    }

    private Outcome handled(Visit visit, MountedRoute route, HandlerRequest request) {
        Ending ending = Ending.UNKNOWN;
        try {
            Outcome outcome = visit.handle(request);
            ending = visit.ending(outcome);
            return outcome;
        } finally {
            FarBody coming = request.coming();
            if (coming == null || ending != Ending.WELL) {
                ended(route, ending);
            } else {
                began(visit, route, coming);
            }
        }
    }

    /** An answer has begun well, which is all for a stream; any other one shows at its end how its call ended. */
    private void began(Visit visit, MountedRoute route, FarBody coming) {
        boolean streaming = route.streaming();
        if (streaming) {
            ended(route, Ending.WELL);
        }
        coming.whenOver(fault -> {
            // A stream that is silent is late for nobody.
            boolean shows = !streaming || fault.equals(Optional.of(RemoteFault.Kind.LOST));
            Ending last = fault.map(how -> visit.ending(new Missed(route, BROKEN, how, false, coming.watched())))
                    .orElse(Ending.WELL);
            if (shows && !(streaming && last == Ending.UNKNOWN)) {
                ended(route, last);
            }
        });
    }

    /** Takes a token of the tenant for the route's service, where it has a rate. */
    private @Nullable Refusal overRate(Visit visit, MountedRoute route, HandlerRequest request) {
        RateRule rule = route.guard().rate();
        if (rule == null) {
            return null;
        }
        Taking taking = rates.take(request.context().tenant(), rule);
        visit.took(taking);
        return taking.granted() ? null : rejected(route, "rate", overRate(taking));
    }

    private @Nullable Refusal refusal(MountedRoute route) {
        if (stuck.full() && route.owner().stay().stuck().count() > 0) {
            return rejected(route, "stuck", stuck(route));
        }
        Breaker breaker = route.guard().breaker();
        return breaker == null || breaker.admits() ? null : rejected(route, "breaker", leftAlone(route, breaker));
    }

    private static Refusal full(MountedRoute route) {
        return rejected(
                route,
                "bulkhead",
                Refusal.retryLater(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "%s is busy: %d calls are in it already, as many as may be (bulkhead.calls). Try again in a moment."
                                .formatted(
                                        capital(route.owner().title()),
                                        route.guard().calls())));
    }

    /** Begins to watch whether a handler holds on to its thread after its caller was answered. */
    Stuck.Handler handler(MountedRoute route) {
        return stuck.new Handler(route.owner().stay().stuck());
    }

    /** What the end of a call shows of whom it went to. */
    enum Ending {
        WELL,
        /** It was not reached, or did not answer in the time that the endpoint takes. */
        FAILED,
        /** Nothing: its caller cut it short, or let it wait for the content of its request. */
        UNKNOWN;

        static Ending of(boolean inTime, boolean own) {
            if (inTime) {
                return WELL;
            }
            return own ? FAILED : UNKNOWN;
        }

        static Ending of(Missed missed, boolean own) {
            boolean cutShort =
                    missed.how() == RemoteFault.Kind.CUT_SHORT || (missed.how() == RemoteFault.Kind.LATE && !own);
            return !missed.counts() || cutShort ? UNKNOWN : FAILED;
        }
    }

    private void ended(MountedRoute route, Ending ending) {
        Breaker breaker = route.guard().breaker();
        if (breaker == null) {
            return;
        }
        if (ending == Ending.UNKNOWN) {
            breaker.unused();
        } else {
            boolean well = ending == Ending.WELL;
            breaker.ended(well);
            route.owner().stay().outlier().ended(well, settings.ejection(), System.nanoTime());
        }
    }

    private static String query(HandlerRequest request) {
        return request.rawQuery().orElse("");
    }

    private @Nullable Response kept(MountedRoute route, HandlerRequest request) {
        CacheRule rule = route.guard().cache();
        if (rule == null) {
            return null;
        }
        Owner owner = route.owner();
        if (cache.begins(owner.stay())) {
            owner.traffic().whenIdle(() -> cache.end(owner.stay()));
        }
        CacheKey key = cache.key(owner.name(), owner.stay(), request, query(request));
        request.keptUnder(key);
        return cache.find(key, request, rule);
    }

    /**
     * Takes note of an answer before its caller has it: keeps it where that is declared, and is without anything of the
     * plugin's classes then. What a call may have changed is kept no longer, so that its caller never reads it again.
     */
    Response keep(MountedRoute route, HandlerRequest request, Response response) throws IOException {
        if (changes(request, response)) {
            cache.changed(route.owner().name(), request.context().tenant());
        }
        CacheRule rule = route.guard().cache();
        CacheKey key = request.keptUnder();
        if (rule == null || key == null || !response.body().buffered()) {
            return response;
        }
        Response plain = new Response(
                response.status(),
                Crossing.headers(response.headers()),
                Crossing.body(response.body(), route.owner(), request.context()));
        cache.keep(key, request, plain, rule);
        return plain;
    }

    /** Answers how many answers are kept now. */
    long kept() {
        return cache.count();
    }

    private static boolean changes(HandlerRequest request, Response response) {
        return Repeats.changes(request.method()) && response.status() >= 200 && response.status() < 400;
    }

    private static Refusal rejected(MountedRoute route, String guard, Refusal refusal) {
        route.owner().meters().rejected(guard);
        return refusal;
    }

    private Refusal stuck(MountedRoute route) {
        return Refusal.retryLater(
                ErrorCode.SERVICE_UNAVAILABLE,
                "%d calls did not end in time and still run, some of them in %s: it gets no more until they have ended."
                        .formatted(stuck.count(), route.owner().title()));
    }

    private static Refusal overRate(Taking taking) {
        return Refusal.of(
                        ErrorCode.RATE_LIMITED,
                        "%s takes %d requests of a tenant in a second. Try again in %d s."
                                .formatted(
                                        taking.rule().service(), taking.rule().perSecond(), taking.waitSeconds()))
                .with("Retry-After", Long.toString(taking.waitSeconds()));
    }

    private static Refusal leftAlone(MountedRoute route, Breaker breaker) {
        long seconds = breaker.waitSeconds();
        return Refusal.of(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "%s of %s failed or did not answer in time %d times in a row and is left alone for %d s."
                                .formatted(
                                        breaker.name(),
                                        route.owner().title(),
                                        breaker.settings().failures(),
                                        seconds))
                .with("Retry-After", Long.toString(seconds));
    }

    private static String capital(String title) {
        return Character.toUpperCase(title.charAt(0)) + title.substring(1);
    }
}
