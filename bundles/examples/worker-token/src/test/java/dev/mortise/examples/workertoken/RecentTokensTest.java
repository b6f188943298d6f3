// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentTokensTest {
    private final TestClock clock = new TestClock();
    private final OneToken tokens = new OneToken();
    private final RecentTokens recent = new RecentTokens(tokens, clock);

    @Test
    void notesTheUseOfATokenAtMostOnceAMinute() {
        for (int second = 0; second < 120; second++) {
            recent.find("h");
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(tokens.touches).isEqualTo(2);
    }

    @Test
    void doesNotRememberWhatWasLoadedBeforeARevocation() {
        tokens.whileLoading = () -> {
            recent.forget(tokens.token.id());
            tokens.gone = true;
        };

        assertThat(recent.find("h")).isPresent();
        assertThat(recent.find("h")).isEmpty();
    }

    /** Holds one token, and runs something between finding and answering it. */
    private final class OneToken implements Tokens {
        private KnownToken token =
                new KnownToken(UUID.randomUUID(), TenantId.DEFAULT, "h", Set.of(), Optional.empty(), Optional.empty());
        private Runnable whileLoading = () -> {};
        private boolean gone;
        private int touches;

        @Override
        public Optional<KnownToken> byHash(String hash) {
            Optional<KnownToken> found = gone ? Optional.empty() : Optional.of(token);
            whileLoading.run();
            return found;
        }

        @Override
        public void touch(UUID id) {
            touches++;
            token = new KnownToken(
                    token.id(), token.tenant(), token.hash(), Set.of(), Optional.of(clock.instant()), Optional.empty());
        }

        @Override
        public Optional<Token> add(TenantId tenant, NewToken order, TokenText text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Token> list(TenantId tenant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Token> find(TenantId tenant, UUID id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean revoke(TenantId tenant, UUID id) {
            throw new UnsupportedOperationException();
        }
    }
}
