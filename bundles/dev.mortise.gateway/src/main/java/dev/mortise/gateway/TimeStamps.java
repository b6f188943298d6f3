// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Instant;

/** Writes points in time to the millisecond (ISO 8601, as {@link Instant#toString}); the text of a second is made once. */
final class TimeStamps {
    private static final int NANOS_IN_MILLI = 1_000_000;

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
        int millis = instant.getNano() / NANOS_IN_MILLI;
        return millis == 0
                ? second.text + 'Z'
                : second.text + '.' + millis / 100 + millis / 10 % 10 + millis % 10 + 'Z';
    }
}
