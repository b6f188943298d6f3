// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"PT0S,0s", "PT59S,59s", "PT60S,1m", "PT59M59S,59m", "PT1H,1h", "PT23H59M,23h", "P1D,1d", "P400D,400d"})
    void hasOneUnit(Duration age, String text) {
        assertThat(Age.of(NOW.minus(age), NOW)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT1S", "P3D"})
    void isNothingForWhatAClockPutsIntoTheFuture(Duration ahead) {
        assertThat(Age.of(NOW.plus(ahead), NOW)).isEqualTo("0s");
    }
}
