// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Life;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.OAuthStore.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** When access tokens are renewed. */
public final class Renewal {
    private Renewal() {}

    /** How tokens stand. */
    public enum State {
        /** They are good, or will be once they are used. */
        CONNECTED,
        /** They could not be renewed, and it will be tried again. */
        FAILING,
        /** The access token is too old, and there is nothing to renew it with. */
        EXPIRED,
        /** They can't be renewed before somebody connects the plugin again. */
        RECONNECT;

        /** Answers the word that is shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Answers how long a token lasts that was just given.
     *
     * @param before how long before its end it should be renewed; of short lives at most half
     */
    public static Life life(Duration good, Duration before) {
        Duration half = good.dividedBy(2);
        return new Life(good, good.minus(before.compareTo(half) < 0 ? before : half));
    }

    /** Tells whether the access token may still be used. */
    public static boolean good(Seen seen) {
        return seen.grant().expiresAt().filter(end -> !end.isAfter(seen.now())).isEmpty();
    }

    /** Tells whether tokens should be renewed now. */
    public static boolean due(Seen seen) {
        Grant grant = seen.grant();
        Instant now = seen.now();
        return grant.refresh().isPresent()
                && grant.refreshAt().filter(at -> !at.isAfter(now)).isPresent()
                && grant.trouble()
                        .map(trouble ->
                                trouble.retryAt().filter(at -> !at.isAfter(now)).isPresent())
                        .orElse(true);
    }

    /** Answers how tokens stand. */
    public static State state(Seen seen) {
        Optional<Trouble> trouble = seen.grant().trouble();
        if (trouble.isPresent()) {
            return trouble.get().retryAt().isPresent() ? State.FAILING : State.RECONNECT;
        }
        return good(seen) || seen.grant().refresh().isPresent() ? State.CONNECTED : State.EXPIRED;
    }
}
