// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import io.github.bucket4j.TimeMeter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RateLimitsTest {
    private static final int MANY = 2_000;
    private static final RateRule RULE = new RateRule("inventory.products", 10);
    private static final Optional<TenantId> ACME = Optional.of(new TenantId("acme"));
    private static final Optional<TenantId> OTHER = Optional.of(new TenantId("other"));

    private long now;
    private final RateLimits rates = new RateLimits(MANY, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void asManyAsOfASecondMayComeAtOnce() {
        assertThat(granted(ACME, 25)).isEqualTo(10);
    }

    @Test
    void aTenantDoesNotTakeFromAnother() {
        granted(ACME, 25);
        assertThat(granted(OTHER, 25)).isEqualTo(10);
    }

    @Test
    void noneOfManyTenantsTakesFromAnother() {
        for (int round = 0; round < 10; round++) {
            for (int tenant = 0; tenant < MANY; tenant++) {
                assertThat(rates.take(Optional.of(new TenantId("t" + tenant)), RULE)
                                .remaining())
                        .isEqualTo(9 - round);
            }
        }
    }

    @Test
    void forgetsNoBucketThatIsTakenFromAgainAndAgain() {
        long granted = 0;
        for (int half = 0; half < 60; half++) {
            granted += granted(ACME, 25);
            now += TimeUnit.MILLISECONDS.toNanos(500);
        }
        assertThat(granted).isEqualTo(10 + 59 * 5);
    }

    @Test
    void tokensComeBackEvenly() {
        granted(ACME, 10);
        now += TimeUnit.MILLISECONDS.toNanos(500);
        assertThat(granted(ACME, 25)).isEqualTo(5);
    }

    @Test
    void tellsHowLongToWait() {
        granted(ACME, 10);
        Taking refused = rates.take(ACME, RULE);
        assertThat(refused.granted()).isFalse();
        assertThat(refused.waitSeconds()).isEqualTo(1);
        assertThat(refused.limitField()).isEqualTo("\"inventory.products\";r=0;t=1");
        assertThat(refused.policyField()).isEqualTo("\"inventory.products\";q=10;w=1");
    }

    @Test
    void anotherRateOfTheServiceIsAnotherBucket() {
        granted(ACME, 10);
        assertThat(rates.take(ACME, new RateRule("inventory.products", 20)).remaining())
                .isEqualTo(19);
    }

    private long granted(Optional<TenantId> tenant, int asked) {
        long granted = 0;
        for (int i = 0; i < asked; i++) {
            granted += rates.take(tenant, RULE).granted() ? 1 : 0;
        }
        return granted;
    }
}
