// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineLimitTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final LineLimit limit = LineLimit.perSecond(2, now::get);

    @Test
    void letsSoManyInEachSecond() {
        assertThat(limit.admit()).hasValue(0);
        assertThat(limit.admit()).hasValue(0);
        assertThat(limit.admit()).isEqualTo(OptionalLong.empty());
        pass(Duration.ofMillis(999));
        assertThat(limit.admit()).isEqualTo(OptionalLong.empty());
        pass(Duration.ofMillis(1));
        assertThat(limit.admit()).isPresent();
    }

    @Test
    void tellsOnceHowManyItKeptOut() {
        for (int i = 0; i < 9; i++) {
            limit.admit();
        }
        pass(Duration.ofSeconds(3));

        assertThat(limit.admit()).hasValue(7);
        assertThat(limit.admit()).hasValue(0);
        assertThat(limit.keptOut()).isZero();
    }

    @Test
    void letsNothingInWhenNothingIsWanted() {
        LineLimit none = LineLimit.perSecond(0, now::get);

        assertThat(none.admit()).isEmpty();
        assertThat(none.keptOut()).isEqualTo(1);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
