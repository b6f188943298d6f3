// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long RATE = 500;

    private final Pace pace = new Pace();

    @Test
    void isTooSlowAfterTenSecondsWithTooLittle() {
        assertThat(tooSlow(10, 0)).isFalse();
        assertThat(tooSlow(11, 11 * RATE - 1)).isTrue();
    }

    @Test
    void goesOnWhereItIsFastEnough() {
        for (int second = 1; second < 1000; second++) {
            assertThat(tooSlow(second, second * RATE)).isFalse();
        }
    }

    @Test
    void buysNoMoreThanAMomentWithAFastStart() {
        long start = 1L << 30;
        assertThat(tooSlow(11, start)).isFalse();
        assertThat(tooSlow(41, start + 1000)).isFalse();
        assertThat(tooSlow(42, start + 1000)).isTrue();
    }

    @Test
    void allowsAPauseInWhatIsFastEnoughAltogether() {
        assertThat(tooSlow(11, 1 << 20)).isFalse();
        assertThat(tooSlow(40, 1 << 20)).isFalse();
        assertThat(tooSlow(42, 2 << 20)).isFalse();
    }

    private boolean tooSlow(long seconds, long bytes) {
        return pace.tooSlow(TimeUnit.SECONDS.toNanos(seconds), bytes, RATE);
    }
}
