// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

/**
 * How many calls may be where.
 *
 * @param calls in one version of a plugin at once
 * @param stuck handlers, of all plugins together, that may still run after their callers were answered 504
 * @param threads that the listener has for requests
 * @param reservePercent of these in a hundred that calls of clients to plugins never take
 * @param streams that may be open to clients at once, of all plugins together
 * @param streamsEach of one version of a plugin
 */
public record PlaceSettings(int calls, int stuck, int threads, int reservePercent, int streams, int streamsEach) {
    private static final int ALL = 100;

    public PlaceSettings {
        GuardSettings.positive("bulkhead.calls", calls);
        GuardSettings.positive("bulkhead.stuck", stuck);
        GuardSettings.positive("http's threads", threads);
        GuardSettings.positive("streams.max", streams);
        GuardSettings.positive("streams.each", streamsEach);
        if (reservePercent < 1 || reservePercent >= ALL) {
            throw new IllegalArgumentException(
                    "threads.reserve.percent lies between 1 and 99, not at " + reservePercent + ".");
        }
    }

    /** Answers how many calls of clients may be in all plugins together; with a single thread that one. */
    public int clientCalls() {
        int reserve = (threads * reservePercent + ALL - 1) / ALL;
        return Math.max(1, threads - reserve);
    }

    /** Answers these for the threads of others: the listener has the same ones until its next start. */
    PlaceSettings withThreadsOf(PlaceSettings others) {
        return new PlaceSettings(calls, stuck, others.threads, reservePercent, streams, streamsEach);
    }
}
