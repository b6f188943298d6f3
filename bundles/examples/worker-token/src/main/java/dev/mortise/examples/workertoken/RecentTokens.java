// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Remembers tokens that were found for two seconds, so that a busy client costs one query in that time. A token that is
 * revoked here is forgotten at once; other nodes learn of it within those seconds. Both components of this plugin use the
 * one instance: a service of its own that no other plugin sees.
 */
@Component(service = RecentTokens.class)
public final class RecentTokens {
    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TOUCHES = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final Tokens tokens;
    private final Clock clock;
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    /** Guards writes of found and revocations: what was loaded before a revocation is not remembered after it. */
    private final Object lock = new Object();

    private volatile long revocations;

    /** The database is this plugin's own role; its table is there before this component is. */
    @Activate
    public RecentTokens(@Reference DataSource database) {
        this(new PostgresTokens(new Database(database)), Clock.systemUTC());
    }

    RecentTokens(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    Tokens all() {
        return tokens;
    }

    Optional<KnownToken> find(String hash) {
        Instant now = clock.instant();
        Found recent = found.get(hash);
        if (recent != null && now.isBefore(recent.until)) {
            return Optional.of(recent.token);
        }
        long before = revocations;
        Optional<KnownToken> loaded = tokens.byHash(hash);
        loaded.ifPresent(token -> {
            remember(token, now, before);
            noteUse(token, now);
        });
        return loaded;
    }

    /** Forgets a token; called after it was revoked. */
    void forget(UUID id) {
        synchronized (lock) {
            revocations = revocations + 1;
            found.values().removeIf(recent -> recent.token.id().equals(id));
        }
    }

    private void remember(KnownToken token, Instant now, long loadedAfter) {
        synchronized (lock) {
            if (found.size() >= MOST) {
                found.values().removeIf(recent -> !now.isBefore(recent.until));
            }
            if (revocations == loadedAfter && found.size() < MOST) {
                found.put(token.hash(), new Found(token, now.plus(KEPT)));
            }
        }
    }

    private void noteUse(KnownToken token, Instant now) {
        boolean stale = token.lastUsedAt()
                .map(last -> last.plus(BETWEEN_TOUCHES).isBefore(now))
                .orElse(true);
        if (stale) {
            tokens.touch(token.id());
        }
    }

    private record Found(KnownToken token, Instant until) {}
}
