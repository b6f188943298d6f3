// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.time.Duration;

/**
 * The numbers that bound calls.
 *
 * @param places how many calls may be where
 * @param streamIdle how long a streaming endpoint may write nothing
 * @param breaker when an endpoint that does not answer in time is left alone
 * @param elsewhereOpen how long the breakers of instances in other processes stay open: asking those again costs little
 * @param ejection when an instance is left out of the choice among several
 * @param retry how many calls may be sent again
 * @param rateBuckets tenants times services whose rates are kept
 * @param cache what answers may be kept
 */
public record GuardSettings(
        PlaceSettings places,
        Duration streamIdle,
        BreakerSettings breaker,
        Duration elsewhereOpen,
        EjectionSettings ejection,
        RetrySettings retry,
        int rateBuckets,
        CacheSettings cache) {
    public GuardSettings {
        positive("streams.idle.seconds", streamIdle.toNanos());
        positive("breaker.remote.open.seconds", elsewhereOpen.toNanos());
        positive("rate.buckets", rateBuckets);
    }

    /** Answers these for the threads of others: the listener has the same ones until its next start. */
    public GuardSettings withThreadsOf(GuardSettings others) {
        return new GuardSettings(
                places.withThreadsOf(others.places),
                streamIdle,
                breaker,
                elsewhereOpen,
                ejection,
                retry,
                rateBuckets,
                cache);
    }

    /** Answers the numbers of the breakers of what runs in this process, or in others. */
    public BreakerSettings breaker(boolean here) {
        return here ? breaker : new BreakerSettings(breaker.failures(), elsewhereOpen, breaker.probes());
    }

    /**
     * The numbers of ejection.
     *
     * @param failures failed calls in a row that eject an instance
     * @param out for how long, the first time
     */
    public record EjectionSettings(int failures, Duration out) {
        public EjectionSettings {
            positive("ejection.failures", failures);
            positive("ejection.seconds", out.toNanos());
        }
    }

    /**
     * The numbers of a breaker.
     *
     * @param failures late answers in a row that open it
     * @param open how long it stays open
     * @param probes calls that are then let through to see
     */
    public record BreakerSettings(int failures, Duration open, int probes) {
        public BreakerSettings {
            positive("breaker.failures", failures);
            positive("breaker.open.seconds", open.toNanos());
            positive("breaker.probes", probes);
        }
    }

    /**
     * The numbers of retries.
     *
     * @param percent retries that a service may have in a hundred calls
     * @param reserve retries that it may have before it has earned any
     * @param savings retries that it may save up
     */
    public record RetrySettings(int percent, int reserve, int savings) {
        public RetrySettings {
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException(
                        "retry.budget.percent lies between 0 and 100, not at " + percent + ".");
            }
            if (reserve < 0) {
                throw new IllegalArgumentException("retry.budget.reserve must not be negative, not " + reserve + ".");
            }
            positive("retry.budget.savings", savings);
        }
    }

    /**
     * The numbers of the cache of answers.
     *
     * @param bytes of all answers together; 0 keeps none
     * @param entryBytes of one answer
     */
    public record CacheSettings(long bytes, long entryBytes) {
        public CacheSettings {
            if (bytes < 0) {
                throw new IllegalArgumentException("cache.max.mb must not be negative, not " + bytes + " bytes.");
            }
            positive("cache.entry.max.kb", entryBytes);
        }
    }

    static void positive(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, not " + value + ".");
        }
    }
}
