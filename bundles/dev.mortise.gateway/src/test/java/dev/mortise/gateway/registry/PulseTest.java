// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final Pulse pulse = new Pulse(Clock.systemUTC());

    @Test
    void countsNoTimeInWhichItWaitedToBeAsked() {
        long begun = System.nanoTime();
        pulse.due();
        long before = pulse.silentNanos();
        long most = System.nanoTime() - begun;
        await().pollDelay(Duration.ofMillis(60)).until(() -> true);

        assertThat(pulse.silentNanos()).isEqualTo(before);
        pulse.asked();
        assertThat(pulse.silentNanos()).isLessThan(Duration.ofMillis(50).toNanos() + most);
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
