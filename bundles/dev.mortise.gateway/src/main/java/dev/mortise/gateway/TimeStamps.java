// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Instant;

/** Writes points in time to the millisecond (ISO 8601, as {@link Instant#toString}); many calls share one. */
final class TimeStamps {
    private volatile Stamp last = Stamp.of(0);

    private record Stamp(long millis, String text) {
        static Stamp of(long millis) {
            return new Stamp(millis, Instant.ofEpochMilli(millis).toString());
        }
    }

    /** Writes the time that lies so many milliseconds after 1970. */
    String of(long millis) {
        Stamp stamp = last;
        if (stamp.millis != millis) {
            stamp = Stamp.of(millis);
            last = stamp;
        }
        return stamp.text;
    }
}
