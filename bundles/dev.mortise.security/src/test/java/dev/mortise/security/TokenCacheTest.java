// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.TokenStore.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger loads = new AtomicInteger();
    private final TokenCache cache = new TokenCache(Duration.ofSeconds(2), now::get);

    @Test
    void asksTheStoreOncePerPeriod() {
        cache.find("h", this::load);
        cache.find("h", this::load);
        assertThat(loads).hasValue(1);

        now.addAndGet(Duration.ofSeconds(2).toNanos());
        cache.find("h", this::load);

        assertThat(loads).hasValue(2);
    }

    @Test
    void forgetsARevokedTokenAtOnce() {
        cache.find("h", this::load);

        cache.forget("id");

        assertThat(cache.find("h", Optional::empty)).isEmpty();
    }

    @Test
    void doesNotKeepWhatWasLoadedBeforeARevocation() {
        Optional<KnownToken> loadedBefore = cache.find("h", () -> {
            Optional<KnownToken> loaded = load();
            cache.forget("id");
            return loaded;
        });

        assertThat(loadedBefore).isPresent();
        assertThat(cache.find("h", Optional::empty)).isEmpty();
    }

    @Test
    void doesNotRememberThatATokenIsUnknown() {
        cache.find("h", Optional::empty);

        assertThat(cache.find("h", this::load)).isPresent();
    }

    private Optional<KnownToken> load() {
        loads.incrementAndGet();
        return Optional.of(KnownToken.of(new StoredToken(
                "id", "h", "admin", Optional.empty(), Optional.empty(), Instant.EPOCH, Optional.empty())));
    }
}
