// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mortise.api.call.TenantId;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets, one for each tenant and service that declares a rate. A bucket that nobody takes from is full after a second,
 * so one that was not touched for longer is forgotten without anybody noticing.
 */
public final class RateLimits {
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

    /** A bucket is looked up anew so often: it must not be forgotten while it is taken from. */
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int RECENTS = 256;

    private final Cache<Key, Bucket> buckets;
    // Looking up a bucket takes longer than taking from it, so those of the last second are found by a number.
    private final AtomicReferenceArray<@Nullable Recent> recents = new AtomicReferenceArray<>(RECENTS);
    private final TimeMeter clock;

    /** Makes buckets for at most so many tenants times services; beyond that the least used are forgotten. */
    public RateLimits(int most) {
        this(most, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(int most, TimeMeter clock) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(FORGOTTEN_AFTER)
                // Keeping house takes less than waking another thread for it every few calls.
                .executor(Runnable::run)
                .build();
        this.clock = clock;
    }

    /** Takes another limit. */
    public void bound(int most) {
        buckets.policy().eviction().ifPresent(eviction -> eviction.setMaximum(most));
    }

    /** Each call makes one: what the language would make for a record takes longer than this. */
    private record Key(Optional<TenantId> tenant, RateRule rule) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && rule.equals(key.rule) && name().equals(key.name());
        }

        @Override
        public int hashCode() {
            return 31 * rule.hashCode() + name().hashCode();
        }

        private String name() {
            return nameOf(tenant);
        }
    }

    /** A bucket that was looked up before, until when it need not be looked up again. */
    private record Recent(String tenant, RateRule rule, Bucket bucket, long untilNanos) {
        boolean is(String otherTenant, RateRule otherRule, long now) {
            return untilNanos - now > 0 && rule.equals(otherRule) && tenant.equals(otherTenant);
        }
    }

    private static String nameOf(Optional<TenantId> tenant) {
        return tenant.isPresent() ? tenant.get().value() : "";
    }

    /** Takes a token for a call, if there is one. */
    public Taking take(Optional<TenantId> tenant, RateRule rule) {
        ConsumptionProbe probe = bucket(tenant, rule).tryConsumeAndReturnRemaining(1);
        return new Taking(probe.isConsumed(), rule, probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
    }

    private Bucket bucket(Optional<TenantId> tenant, RateRule rule) {
        String name = nameOf(tenant);
        int number = 31 * rule.hashCode() + name.hashCode() & RECENTS - 1;
        long now = clock.currentTimeNanos();
        Recent recent = recents.get(number);
        if (recent != null && recent.is(name, rule, now)) {
            return recent.bucket;
        }
        Bucket bucket = buckets.get(new Key(tenant, rule), key -> bucket(rule.perSecond()));
        recents.set(number, new Recent(name, rule, bucket, now + RECENT_NANOS));
        return bucket;
    }

    private Bucket bucket(long perSecond) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(perSecond)
                        .refillGreedy(perSecond, Duration.ofSeconds(1))
                        .build())
                .withCustomTimePrecision(clock)
                .build();
    }
}
