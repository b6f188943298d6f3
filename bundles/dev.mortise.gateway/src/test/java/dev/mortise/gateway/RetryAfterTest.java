// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Headers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    @Test
    void readsSecondsAndDates() {
        ZonedDateTime inAnHour = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);

        assertThat(RetryAfter.of(Headers.of("retry-after", " 120 "))).contains(Duration.ofSeconds(120));
        assertThat(RetryAfter.of(Headers.of("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(inAnHour))))
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
        assertThat(RetryAfter.of(Headers.of("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT")))
                .contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1.5", "99999999999"})
    void makesNothingOfAnythingElse(String text) {
        assertThat(RetryAfter.of(Headers.of("Retry-After", text))).isEmpty();
        assertThat(RetryAfter.of(Headers.none())).isEmpty();
    }
}
