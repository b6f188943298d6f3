// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.util.concurrent.TimeUnit;

/**
 * Whether a client sends, or takes, as fast as it must: in a first stretch of time, and in each one after it. A fast start
 * pays for its own stretch only. Used by one thread at a time.
 */
final class Pace {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** As long as a connection may be silent altogether, where that is not configured otherwise. */
    private static final long STRETCH_NANOS = TimeUnit.SECONDS.toNanos(30);

    private long stretchNanos = FIRST_NANOS;
    private long begunNanos;
    private long begunBytes;

    /**
     * Tells whether the stretch that ends now had too few bytes; false as long as it lasts.
     *
     * @param nanos in which the client was waited for, since the beginning
     * @param bytes that moved in them
     */
    boolean tooSlow(long nanos, long bytes, long bytesPerSecond) {
        long passed = nanos - begunNanos;
        if (passed <= stretchNanos) {
            return false;
        }
        if ((bytes - begunBytes) / (double) TimeUnit.NANOSECONDS.toSeconds(passed) < bytesPerSecond) {
            return true;
        }
        stretchNanos = STRETCH_NANOS;
        begunNanos = nanos;
        begunBytes = bytes;
        return false;
    }
}
