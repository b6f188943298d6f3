// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BreathTest {
    private static final long PASS = TimeUnit.MILLISECONDS.toNanos(15);

    @Test
    void aPassForAFewThingsIsFollowedByNoRest() {
        for (int tasks = 0; tasks <= 3; tasks++) {
            assertThat(Breath.after(PASS, tasks)).isZero();
        }
    }

    @Test
    void whereMuchHappensAThirdOfTheTimeGoesToPasses() {
        assertThat((double) PASS / (PASS + Breath.after(PASS, 10))).isBetween(0.3, 0.4);
    }

    @Test
    void noRestIsLong() {
        assertThat(Breath.after(TimeUnit.SECONDS.toNanos(2), 1_000)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }
}
