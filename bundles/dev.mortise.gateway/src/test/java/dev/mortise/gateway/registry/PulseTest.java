// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final long begun = System.nanoTime();
    private final Pulse pulse = new Pulse(Clock.systemUTC());

    @Test
    void countsNoTimeInWhichItWaitedToBeAsked() {
        pulse.due();
        long waits = System.nanoTime();
        long before = pulse.silentNanos();
        await().pollDelay(Duration.ofMillis(60)).until(() -> true);

        assertThat(pulse.silentNanos()).isEqualTo(before);
        long waited = System.nanoTime() - waits;
        pulse.asked();
        assertThat(pulse.silentNanos()).isLessThanOrEqualTo(System.nanoTime() - begun - waited);
    }

    @Test
    void countsTheTimeBeforeAndAfter() {
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        pulse.due();
        pulse.asked();
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);

        assertThat(pulse.silentNanos()).isGreaterThan(Duration.ofMillis(40).toNanos());
    }
}
