// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.gateway.guard.GuardSettings.EjectionSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutlierTest {
    private static final EjectionSettings SETTINGS = new EjectionSettings(3, Duration.ofSeconds(30));
    private static final long SECOND = 1_000_000_000L;

    private final Outlier outlier = new Outlier();

    @Test
    void leavesOutWhatFailsInARow() {
        fails(2, 0);
        assertThat(outlier.out(0)).isFalse();

        fails(1, 0);

        assertThat(outlier.out(0)).isTrue();
        assertThat(outlier.out(29 * SECOND)).isTrue();
        assertThat(outlier.out(30 * SECOND)).isFalse();
    }

    @Test
    void forgivesWithAnAnswer() {
        fails(2, 0);
        outlier.ended(true, SETTINGS, 0);
        fails(2, 0);

        assertThat(outlier.out(0)).isFalse();
    }

    @Test
    void leavesOutLongerWhatFailsAtItsReturn() {
        fails(3, 0);
        fails(1, 31 * SECOND);

        assertThat(outlier.out(90 * SECOND)).isTrue();
        assertThat(outlier.out(92 * SECOND)).isFalse();

        outlier.ended(true, SETTINGS, 92 * SECOND);
        fails(3, 93 * SECOND);
        assertThat(outlier.out(122 * SECOND)).isTrue();
        assertThat(outlier.out(124 * SECOND)).isFalse();
    }

    private void fails(int times, long now) {
        for (int i = 0; i < times; i++) {
            outlier.ended(false, SETTINGS, now);
        }
    }
}
