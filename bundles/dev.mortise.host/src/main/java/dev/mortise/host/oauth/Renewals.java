// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.AccessTokens.Listening;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.port.OAuthStore.Claim;
import dev.mortise.kernel.port.OAuthStore.Tokens;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.rules.oauth.TokenAnswer;
import dev.mortise.rules.oauth.TokenAnswer.Granted;
import dev.mortise.rules.oauth.TokenAnswer.Refused;
import dev.mortise.rules.oauth.TokenAnswer.Unclear;
import dev.mortise.rules.oauth.TokenRequests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews tokens, on threads of its own: the one of a caller may be interrupted, and what a server gave meanwhile be lost. On
 * this node a place has at most one renewal, on all nodes at most one that claimed it.
 */
public final class Renewals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TokenClient client;
    private final ExecutorService threads;
    private final Map<Place, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final List<Consumer<Place>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Renews by a client.
     *
     * @param threads closed by {@link #close}
     */
    public Renewals(TokenClient client, ExecutorService threads) {
        this.client = client;
        this.threads = threads;
    }

    /** Tells of each renewal whose tokens are kept, on its thread, until what it answers is closed. */
    Listening listen(Consumer<Place> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Begins a renewal, or joins the one that runs; completes, never exceptionally, when it ended. */
    CompletableFuture<Void> renew(Grants grants, OAuth2 method) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = running.putIfAbsent(grants.place(), mine);
        if (other != null) {
            return other;
        }
        try {
            threads.execute(() -> {
                try {
                    claimed(grants, method);
                } catch (MortiseException e) {
                    LOG.warn("{}: its tokens can't be renewed now: {}", grants.who(), e.getMessage());
                } finally {
                    end(grants.place(), mine);
                }
            });
        } catch (RejectedExecutionException e) {
            end(grants.place(), mine);
        }
        return mine;
    }

    private void end(Place place, CompletableFuture<Void> mine) {
        running.remove(place, mine);
        mine.complete(null);
    }

    private void claimed(Grants grants, OAuth2 method) {
        Optional<Claim> claim =
                grants.store().claim(grants.place(), client.limits().claim());
        if (claim.isEmpty()) {
            return; // another node renews them, or has done so
        }
        Asked asked = ask(grants, method, claim.get());
        TokenAnswer answer = asked.answer;
        if (answer instanceof Granted granted) {
            keep(grants, asked.by.orElseThrow(), claim.get(), granted);
        } else if (answer instanceof Refused refused) {
            failed(grants, claim.get(), refusal(grants, refused), retry(refused));
        } else {
            String why = ((Unclear) answer).why();
            failed(grants, claim.get(), "The authorization server " + why + ". It is asked again.", retry());
        }
    }

    /** What a server answered, and whom: the tenant may forget its client id and secret before the answer comes. */
    private record Asked(TokenAnswer answer, Optional<TokenRequests> by) {}

    private Asked ask(Grants grants, OAuth2 method, Claim claim) {
        try {
            TokenRequests by = grants.client(method);
            String token = grants.refresh(claim.grant()).orElseThrow();
            return new Asked(client.refresh(by, token), Optional.of(by));
        } catch (MortiseException e) {
            return new Asked(new Unclear("was not asked: " + e.getMessage()), Optional.empty());
        }
    }

    private static String refusal(Grants grants, Refused refused) {
        String said = "The authorization server refuses to renew the tokens: " + refused.code()
                + (refused.words().isEmpty() ? "" : " (" + refused.words() + ")") + ". ";
        return refused.lost()
                ? said + "Connect plugin '" + grants.stored().plugin() + "' again."
                : said + "Mend the client id and secret, or ask whoever runs it. It is asked again.";
    }

    private Optional<Duration> retry(Refused refused) {
        return refused.lost() ? Optional.empty() : retry();
    }

    private Optional<Duration> retry() {
        return Optional.of(client.limits().retry());
    }

    private static void failed(Grants grants, Claim claim, String sentence, Optional<Duration> retry) {
        LOG.warn("{}: {}", grants.who(), sentence);
        grants.store().failed(grants.place(), claim, sentence, retry);
    }

    /** A server that rotates refresh tokens has forgotten the old one: what came must not be lost. */
    private void keep(Grants grants, TokenRequests by, Claim claim, Granted granted) {
        if (kept(grants, claim, granted)) {
            listeners.forEach(listener -> listener.accept(grants.place()));
        } else {
            givenUp(grants, by, granted);
        }
    }

    private boolean kept(Grants grants, Claim claim, Granted granted) {
        while (true) {
            try {
                // sealed anew at every try: the key may have been replaced since the last one
                Tokens tokens = grants.seal(
                        granted, claim.grant().scopes(), client.limits().refreshBefore());
                return grants.store().renewed(grants.place(), claim, tokens);
            } catch (MortiseException e) {
                LOG.warn("{}: renewed tokens are not kept yet: {}", grants.who(), e.getMessage());
                pause(grants, e);
            }
        }
    }

    private static void pause(Grants grants, MortiseException fault) {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    grants.who() + " loses its renewed tokens, because Mortise ends: " + fault.getMessage());
        }
    }

    /** Somebody disconnected the plugin, or connected it anew: these tokens belong to nobody. */
    private void givenUp(Grants grants, TokenRequests by, Granted granted) {
        client.giveBack(by, granted)
                .ifPresent(why -> LOG.warn("{}: tokens of before were not given back: {}", grants.who(), why));
    }

    /** Lets renewals that run come to their end, as long as an answer may take. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(client.limits().patience().toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
