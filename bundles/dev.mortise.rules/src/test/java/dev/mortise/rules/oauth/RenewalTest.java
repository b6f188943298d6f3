// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Life;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.OAuthStore.Trouble;
import dev.mortise.rules.oauth.Renewal.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenewalTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<Trouble> LOST = Optional.of(new Trouble("Lost.", NOW, Optional.empty()));

    @Test
    void renewsSomeTimeBeforeTheEndAndShortOnesInTheMiddle() {
        Duration hour = Duration.ofHours(1);
        assertThat(Renewal.life(hour, Duration.ofMinutes(5))).isEqualTo(new Life(hour, Duration.ofMinutes(55)));
        assertThat(Renewal.life(Duration.ofSeconds(10), Duration.ofMinutes(5)))
                .isEqualTo(new Life(Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    @Test
    void isDueWhenItsTimeHasComeAndItCanBeRenewed() {
        assertThat(Renewal.due(seen(0, 10, true, Optional.empty()))).isTrue();
        assertThat(Renewal.due(seen(1, 10, true, Optional.empty()))).isFalse();
        assertThat(Renewal.due(seen(0, 10, false, Optional.empty()))).isFalse();
        assertThat(Renewal.due(seen(0, 10, true, failed(1)))).isFalse();
        assertThat(Renewal.due(seen(0, 10, true, failed(0)))).isTrue();
        assertThat(Renewal.due(seen(0, 10, true, LOST))).isFalse();
    }

    @Test
    void isGoodUntilItsEnd() {
        assertThat(Renewal.good(seen(-5, 1, true, LOST))).isTrue();
        assertThat(Renewal.good(seen(-5, 0, true, Optional.empty()))).isFalse();
    }

    @Test
    void saysHowItStands() {
        assertThat(Renewal.state(seen(-5, 0, true, Optional.empty()))).isEqualTo(State.CONNECTED);
        assertThat(Renewal.state(seen(-5, 0, false, Optional.empty()))).isEqualTo(State.EXPIRED);
        assertThat(Renewal.state(seen(-5, 9, true, failed(5)))).isEqualTo(State.FAILING);
        assertThat(Renewal.state(seen(-5, 9, true, LOST))).isEqualTo(State.RECONNECT);
    }

    private static Optional<Trouble> failed(int retryIn) {
        return Optional.of(new Trouble("Down.", NOW, Optional.of(NOW.plusSeconds(retryIn))));
    }

    private static Seen seen(int refreshIn, int endsIn, boolean renewable, Optional<Trouble> trouble) {
        return new Seen(
                new Grant(
                        "o",
                        "a",
                        renewable ? Optional.of("r") : Optional.empty(),
                        List.of(),
                        Optional.of(NOW.plusSeconds(refreshIn)),
                        Optional.of(NOW.plusSeconds(endsIn)),
                        NOW,
                        trouble),
                NOW);
    }
}
