// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeStampsTest {
    @Test
    void writesWhatAnInstantOfMillisecondsWrites() {
        TimeStamps stamps = new TimeStamps();

        assertThat(Stream.of(
                                "2026-11-21T12:00:07Z",
                                "2026-11-21T12:00:07.001Z",
                                "2026-11-21T12:00:07.450999999Z",
                                "2026-11-21T12:00:08.999Z",
                                "2026-11-21T12:00:07.010Z",
                                "1969-12-31T23:59:59.5Z")
                        .map(Instant::parse))
                .allSatisfy(instant -> assertThat(stamps.of(instant.toEpochMilli()))
                        .isEqualTo(instant.truncatedTo(ChronoUnit.MILLIS).toString()));
    }
}
