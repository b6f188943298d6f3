// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.gateway.guard.Breaker.State;
import dev.mortise.gateway.guard.GuardSettings.BreakerSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BreakerTest {
    private final Breaker breaker = breaker(Duration.ofSeconds(30));

    @Test
    void opensAfterLateAnswersInARow() {
        late(3);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.admits()).isFalse();
    }

    @Test
    void oneAnswerInTimeBetweenThemKeepsItClosed() {
        late(2);
        call(true);
        late(2);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void letsSomeSeeAfterAWhileAndClosesWhenTheyAreAnswered() {
        Breaker quick = breaker(Duration.ofMillis(20));
        late(quick, 3);
        await().until(quick::admits);
        assertThat(quick.state()).isEqualTo(State.HALF_OPEN);
        assertThat(quick.admits()).isTrue();
        assertThat(quick.admits()).isTrue();
        assertThat(quick.admits()).isFalse();
        quick.ended(true);
        quick.ended(true);
        quick.ended(true);
        assertThat(quick.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void isOpenNoLongerThanItsTimeAlsoWhenNobodyCalls() {
        Breaker quick = breaker(Duration.ofMillis(20));
        late(quick, 3);

        await().until(() -> quick.state() == State.HALF_OPEN);

        assertThat(quick.admits()).isTrue();
        quick.ended(false);
        late(quick, 2);
        await().until(() -> quick.state() == State.HALF_OPEN);
    }

    @Test
    void opensAgainWhenThoseAreLateToo() {
        Breaker quick = breaker(Duration.ofSeconds(1));
        late(quick, 3);
        await().until(quick::admits);
        quick.ended(false);
        late(quick, 2);
        assertThat(quick.state()).isEqualTo(State.OPEN);
    }

    @Test
    void saysHowLongItIsStillOpen() {
        late(3);
        assertThat(breaker.waitSeconds()).isBetween(2L, 30L);
        await().until(() -> breaker.waitSeconds() < 30);
        Breaker quick = breaker(Duration.ofMillis(20));
        late(quick, 3);
        await().until(() -> quick.state() == State.HALF_OPEN);
        assertThat(quick.waitSeconds()).isEqualTo(1);
    }

    private void late(int times) {
        late(breaker, times);
    }

    private static void late(Breaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            if (breaker.admits()) {
                breaker.ended(false);
            }
        }
    }

    private void call(boolean inTime) {
        assertThat(breaker.admits()).isTrue();
        breaker.ended(inTime);
    }

    private static Breaker breaker(Duration open) {
        return new Breaker("GET /things", new BreakerSettings(3, open, 3));
    }
}
