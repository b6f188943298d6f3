// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final DatabaseClock clock = new DatabaseClock(NOON, nanos::get);

    @Test
    void goesOnFromWhatTheServerTold() {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60));

        clock.tell(NOON.plusSeconds(3600));
        nanos.addAndGet(7);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3600).plusNanos(7));
    }

    /** Whatever this machine's clock says: a server that is an hour ahead, or behind, has the word. */
    @Test
    void isTheServersAlsoWhereThisMachineGoesWrong() throws Exception {
        try (TestDatabase database = TestDatabase.open()) {
            database.opened().clock().tell(NOON);
            database.opened().revisions().hear("tenants", Duration.ofMillis(50), () -> true);

            org.awaitility.Awaitility.await()
                    .until(() -> Duration.between(
                                            database.opened().clock().instant(),
                                            Instant.parse(
                                                    database.text(
                                                            "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')")))
                                    .abs()
                                    .compareTo(Duration.ofSeconds(1))
                            < 0);
        }
    }
}
