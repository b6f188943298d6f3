// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes points in time as people read them in a sentence. */
final class Moments {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Moments() {}

    /** Answers the time of the day in UTC, such as 12:00:03Z. */
    static String timeOfDay(Instant instant) {
        return TIME.format(instant);
    }

    /** Answers how long ago it was, such as "4 s ago". */
    static String ago(Instant then, Instant now) {
        return Math.max(0, Duration.between(then, now).toSeconds()) + " s ago";
    }
}
