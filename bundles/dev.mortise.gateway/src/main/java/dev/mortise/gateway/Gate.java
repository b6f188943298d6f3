// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.Breaker;
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
    private volatile GuardSettings settings;
    private final RateLimits rates;
    private final Stuck stuck;
    private final ResponseCache cache;

    Gate(GuardSettings settings) {
        this.settings = settings;
        this.rates = new RateLimits(settings.rateBuckets());
        this.stuck = new Stuck(settings.stuckCalls());
        this.cache = new ResponseCache(settings.cache());
    }

    /** Judges by these numbers from now on; what was counted and kept stays. */
    void use(GuardSettings next) {
        settings = next;
        rates.bound(next.rateBuckets());
        stuck.bound(next.stuckCalls());
        cache.use(next.cache());
    }

    /** Takes a token of the tenant for the route's service; null where no rate is declared. */
    @Nullable
    Taking take(MountedRoute route, Optional<TenantId> tenant) {
        RateRule rule = route.guard().rate();
        return rule == null ? null : rates.take(tenant, rule);
    }

    /** Answers the fields of an answer with what is left of the rate. */
    static Headers told(Headers fields, Taking taking) {
        return new StampedHeaders(
                new StampedHeaders(fields, "RateLimit-Policy", taking.policyField()), "RateLimit", taking.limitField());
    }

    /** Answers why the rate does not let a call pass, or null. */
    @Nullable
    Refusal overRate(MountedRoute route, @Nullable Taking taking) {
        return taking == null || taking.granted() ? null : rejected(route, "rate", overRate(taking));
    }

    /** Answers why a call that has entered the plugin must not go on, or null; one that goes on has to be {@link #ended}. */
    @Nullable
    Refusal refusal(MountedRoute route) {
        if (stuck.full() && route.owner().stay().stuck().count() > 0) {
            return rejected(route, "stuck", stuck(route));
        }
        Breaker breaker = route.guard().breaker();
        return breaker == null || breaker.admits() ? null : rejected(route, "breaker", leftAlone(route, breaker));
    }

    /** Refuses a call that found as many in the plugin as may be there. */
    Refusal full(MountedRoute route) {
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
        /** Nothing: its caller cut it short. */
        UNKNOWN;

        static Ending of(boolean inTime, boolean own) {
            if (inTime) {
                return WELL;
            }
            return own ? FAILED : UNKNOWN;
        }

        static Ending of(Missed missed, boolean own) {
            return missed.how() == RemoteFault.Kind.LATE && !own ? UNKNOWN : FAILED;
        }
    }

    /** Takes note of the end of a call. */
    void ended(MountedRoute route, Ending ending) {
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

    /** Answers a kept answer to the request; null when there is none. */
    @Nullable
    Response kept(MountedRoute route, Request request) {
        return route.guard().cache() == null ? null : cache.find(route.owner().stay(), request);
    }

    /** Keeps an answer where that is declared; answers it without anything of the plugin's classes then. */
    Response keep(MountedRoute route, Request request, Response response, CallContext context) throws IOException {
        CacheRule rule = route.guard().cache();
        if (rule == null || !response.body().buffered()) {
            return response;
        }
        Response plain = new Response(
                response.status(),
                Crossing.headers(response.headers()),
                Crossing.body(response.body(), route.owner(), context));
        cache.keep(route.owner().stay(), request, plain, rule);
        return plain;
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
        long seconds = breaker.settings().open().toSeconds();
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
