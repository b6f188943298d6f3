// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Writes points in time to the millisecond (ISO 8601, as {@link Instant#toString}); the text of a second is made once. */
final class TimeStamps {
    private static final int THOUSAND = 1000;

    private volatile Second last = Second.of(Instant.EPOCH);

    private record Second(long number, String text) {
        static Second of(Instant instant) {
            String text = Instant.ofEpochSecond(instant.getEpochSecond()).toString();
            return new Second(instant.getEpochSecond(), text.substring(0, text.length() - 1));
        }
    }

    String of(Instant instant) {
        Second second = last;
        if (second.number != instant.getEpochSecond()) {
            second = Second.of(instant);
            last = second;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(instant.getNano());
        return millis == 0
                ? second.text + 'Z'
                : second.text + '.' + Long.toString(THOUSAND + millis).substring(1) + 'Z';
    }
}
