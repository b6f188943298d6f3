// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import java.time.Duration;

/**
 * The times of leases, and how many there may be.
 *
 * @param heartbeat between two signs of life
 * @param stale after which silence an instance is UNAVAILABLE
 * @param forget after which silence its place is free
 * @param each how many instances one credential may have registered
 * @param asking how instances without heartbeats are asked
 */
public record RegistrySettings(Duration heartbeat, Duration stale, Duration forget, int each, Asking asking) {
    /**
     * The numbers of asking instances for their health.
     *
     * @param threads instances that are asked at once
     * @param each those among them of one credential
     * @param patience with one that is asked
     * @param longestPause heartbeats between two questions to one that does not answer
     */
    public record Asking(int threads, int each, Duration patience, int longestPause) {
        public Asking {
            positive("registry.ask.threads", threads);
            positive("registry.ask.each", each);
            positive("registry.ask.seconds", patience.toNanos());
            positive("registry.ask.pause.heartbeats", longestPause);
        }

        /** Answers how many heartbeats to wait after so many questions in a row without answer. */
        long pause(int unanswered) {
            return Math.min(1L << Math.min(unanswered, Integer.SIZE), longestPause);
        }

        private static void positive(String key, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(key + " must be at least 1, not " + value + ".");
            }
        }
    }

    public RegistrySettings {
        Asking.positive("registry.each", each);
        if (heartbeat.isNegative() || heartbeat.isZero() || stale.compareTo(heartbeat) <= 0) {
            throw new IllegalArgumentException(
                    "registry.heartbeat.seconds must be at least 1 and less than registry.stale.seconds, not %d with %d."
                            .formatted(heartbeat.toSeconds(), stale.toSeconds()));
        }
        if (forget.compareTo(stale) <= 0) {
            throw new IllegalArgumentException(
                    "registry.forget.seconds must be more than registry.stale.seconds, not %d with %d."
                            .formatted(forget.toSeconds(), stale.toSeconds()));
        }
    }
}
