// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.OAuthStore.Claim;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.OAuthStore.Tokens;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.rules.oauth.TokenAnswer.Granted;
import dev.mortise.rules.oauth.TokenRequests;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps renewed tokens, however long the database can't: a server that replaces refresh tokens has forgotten the old one. What
 * waits, waits in memory, and holds no thread.
 */
final class Safekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Safekeeping.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Of the longest pauses, an hour. */
    private static final int TRIES_PER_WARNING = 60;

    private final TokenClient client;
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Consumer<Place> kept;
    private final Set<Obtained> waiting = ConcurrentHashMap.newKeySet();

    /**
     * What a server gave.
     *
     * @param since when it came, by the clock that counts nanoseconds
     * @param ended is run when it is kept, or turned out to be nobody's
     */
    record Obtained(Grants grants, TokenRequests by, Claim claim, Granted granted, long since, Runnable ended) {
        /** Sealed anew at every try: the key may have been replaced since the last one. */
        Tokens sealed(Duration refreshBefore) {
            Granted left = granted.after(Duration.ofNanos(System.nanoTime() - since));
            return grants.seal(left, claim.grant().scopes(), refreshBefore);
        }

        /** Tells whether these are the tokens: no server gives an access token twice. */
        boolean are(Grant found) {
            try {
                return grants.access(found).equals(granted.access());
            } catch (MortiseException closed) {
                return false; // what was sealed here would open
            }
        }
    }

    private enum Fate {
        KEPT,
        /** Somebody connected the plugin anew, or another node renewed them too. */
        REPLACED,
        /** Somebody disconnected the plugin. */
        NOBODYS
    }

    /**
     * Keeps them on threads.
     *
     * @param timer is closed by {@link #hurry}
     * @param kept hears of each place whose tokens are kept
     */
    Safekeeping(TokenClient client, Executor threads, ScheduledExecutorService timer, Consumer<Place> kept) {
        this.client = client;
        this.threads = threads;
        this.timer = timer;
        this.kept = kept;
    }

    /** Keeps them now, or as soon as that can be done. */
    void keep(Obtained tokens) {
        keep(tokens, 1);
    }

    private void keep(Obtained tokens, int tries) {
        Fate fate;
        try {
            fate = fate(tokens);
        } catch (Throwable e) { // whatever it was, the tokens must not be lost by it
            later(tokens, tries, e);
            return;
        }
        try {
            settle(tokens, fate);
        } catch (MortiseException e) {
            LOG.warn("{}: {}", tokens.grants.who(), e.getMessage());
        } finally {
            tokens.ended.run();
        }
    }

    /** The database may have kept them at a try that failed: its answer was lost, and no claim is left. */
    private Fate fate(Obtained tokens) {
        Grants grants = tokens.grants;
        if (grants.store()
                .renewed(
                        grants.place(),
                        tokens.claim,
                        tokens.sealed(client.limits().refreshBefore()))) {
            return Fate.KEPT;
        }
        Optional<Grant> now = grants.store()
                .read(grants.place())
                .map(Seen::grant)
                .filter(grant -> grant.methodId().equals(tokens.claim.grant().methodId()));
        return now.map(grant -> tokens.are(grant) ? Fate.KEPT : Fate.REPLACED).orElse(Fate.NOBODYS);
    }

    private void settle(Obtained tokens, Fate fate) {
        switch (fate) {
            case KEPT -> kept.accept(tokens.grants.place());
            // many servers take the end of one for the end of all that this client has of this user
            case REPLACED -> LOG.info("{}: renewed tokens are not kept, because others came", tokens.grants.who());
            case NOBODYS ->
                client.giveBack(tokens.by, tokens.granted)
                        .ifPresent(why ->
                                LOG.warn("{}: tokens of before were not given back: {}", tokens.grants.who(), why));
        }
    }

    private void later(Obtained tokens, int tries, Throwable fault) {
        waiting.add(tokens);
        if (tries % TRIES_PER_WARNING == 1) {
            LOG.warn(
                    "{}: renewed tokens are not kept yet, and that is tried until it works: {}",
                    tokens.grants.who(),
                    fault instanceof MortiseException ? fault.getMessage() : fault.toString());
        }
        pause(tokens, tries + 1);
    }

    private void pause(Obtained tokens, int tries) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(tries - 2, 10);
        try {
            var unused = timer.schedule(
                    () -> again(tokens, tries), Math.min(doubled, LONGEST_PAUSE.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ends) {
            // the end says what is lost
        }
    }

    private void again(Obtained tokens, int tries) {
        try {
            threads.execute(() -> {
                if (waiting.remove(tokens)) {
                    keep(tokens, tries);
                }
            });
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            pause(tokens, tries);
        }
    }

    /** Mortise ends: all that wait are tried once more, on the threads, and no more after that. */
    void hurry() {
        timer.shutdownNow();
        waiting.forEach(tokens -> again(tokens, 2));
    }

    /** Says what was not kept to the end. */
    void end() {
        waiting.forEach(tokens -> LOG.warn("{} loses its renewed tokens, because Mortise ends.", tokens.grants.who()));
    }
}
