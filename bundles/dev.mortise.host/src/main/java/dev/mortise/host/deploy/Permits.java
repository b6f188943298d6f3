// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.kernel.model.Digest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Limits how many plugins start, or end, at once, so that a thousand of them do not fight for the processors. What hangs
 * gives its permit back after {@link #YOUNG}: nobody waits behind it.
 */
final class Permits {
    static final Duration YOUNG = Duration.ofMillis(500);

    private final int limit;
    private final LongSupplier nanos;
    private final Map<Digest, Long> taken = new HashMap<>();

    Permits(int limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    boolean take(Digest digest) {
        long now = nanos.getAsLong();
        taken.values().removeIf(since -> now - since >= YOUNG.toNanos());
        if (taken.size() >= limit) {
            return false;
        }
        taken.put(digest, now);
        return true;
    }

    void giveBack(Digest digest) {
        taken.remove(digest);
    }

    /** Answers when the next permit is free at the latest, when all are taken. */
    Optional<Duration> untilFree() {
        long now = nanos.getAsLong();
        return taken.size() < limit
                ? Optional.empty()
                : taken.values().stream()
                        .map(since -> YOUNG.minusNanos(now - since))
                        .min(Duration::compareTo);
    }
}
