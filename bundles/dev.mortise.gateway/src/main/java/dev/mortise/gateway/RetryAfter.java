// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import dev.mortise.gateway.field.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads Retry-After, which is a number of seconds or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** Answers the time that fields ask for, or nothing when they ask for none or can't be read. */
    static Optional<Duration> of(Headers headers) {
        return headers.first("Retry-After").map(String::strip).flatMap(RetryAfter::read);
    }

    private static Optional<Duration> read(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > MOST_DIGITS
                    ? Optional.empty()
                    : Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
        }
        return HttpDate.read(text)
                .map(date -> Duration.between(Instant.now(), date))
                .map(RetryAfter::ahead);
    }

    private static Duration ahead(Duration left) {
        return left.isNegative() ? Duration.ZERO : left;
    }
}
