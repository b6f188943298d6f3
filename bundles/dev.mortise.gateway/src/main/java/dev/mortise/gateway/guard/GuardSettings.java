// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.time.Duration;

/**
 * The numbers that bound calls.
 *
 * @param pluginCalls calls that may be in one version of a plugin at once
 * @param stuckCalls handlers, of all plugins together, that may still run after their callers were answered 504
 * @param breaker when an endpoint that does not answer in time is left alone
 * @param rateBuckets tenants times services whose rates are kept
 * @param cache what answers may be kept
 */
public record GuardSettings(
        int pluginCalls, int stuckCalls, BreakerSettings breaker, int rateBuckets, CacheSettings cache) {
    public GuardSettings {
        positive("bulkhead.calls", pluginCalls);
        positive("bulkhead.stuck", stuckCalls);
        positive("rate.buckets", rateBuckets);
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

    private static void positive(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, not " + value + ".");
        }
    }
}
