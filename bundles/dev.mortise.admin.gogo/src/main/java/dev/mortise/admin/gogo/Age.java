// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.time.Duration;
import java.time.Instant;

/** Tells how long ago something was, in one unit: {@code 42s}, {@code 5m}, {@code 3h}, {@code 12d}. */
final class Age {
    private Age() {}

    static String of(Instant then, Instant now) {
        Duration age = Duration.between(then, now);
        if (age.isNegative()) {
            return "0s";
        }
        if (age.toMinutes() == 0) {
            return age.toSeconds() + "s";
        }
        if (age.toHours() == 0) {
            return age.toMinutes() + "m";
        }
        return age.toDays() == 0 ? age.toHours() + "h" : age.toDays() + "d";
    }
}
