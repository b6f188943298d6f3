// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BreathTest {
    private static final long PASS = TimeUnit.MILLISECONDS.toNanos(15);

    private final Breath breath = new Breath(0);
    private long now;

    @Test
    void aSingleChangeHasItsPassesWithoutARest() {
        for (int pass = 0; pass < 8; pass++) {
            assertThat(rest()).isZero();
        }
    }

    @Test
    void whereMuchHappensAThirdOfTheTimeGoesToPasses() {
        long passes = 0;
        long total = 0;
        for (int pass = 0; pass < 1_000; pass++) {
            long rest = rest();
            passes += PASS;
            total += PASS + rest;
            now += rest;
        }
        assertThat((double) passes / total).isBetween(0.3, 0.4);
    }

    @Test
    void aPassForAFewThingsIsFollowedByNoRest() {
        for (int pass = 0; pass < 1_000; pass++) {
            now += PASS;
            assertThat(breath.after(now - PASS, now, 3)).isEqualTo(now);
        }
    }

    @Test
    void noRestIsLong() {
        for (int pass = 0; pass < 1_000; pass++) {
            assertThat(rest()).isLessThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void calmSavesForTheNextChange() {
        for (int pass = 0; pass < 100; pass++) {
            rest();
        }
        now += TimeUnit.SECONDS.toNanos(10);
        assertThat(rest()).isZero();
    }

    private long rest() {
        long begin = now;
        now += PASS;
        return breath.after(begin, now, 10) - now;
    }
}
