// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.AccessTokens.Listening;
import dev.mortise.host.oauth.Safekeeping.Obtained;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.port.OAuthStore.Claim;
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
import java.util.concurrent.ScheduledExecutorService;
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

    private final TokenClient client;
    private final ExecutorService threads;
    private final Safekeeping safekeeping;
    private final Map<Place, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final List<Consumer<Place>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Renews by a client.
     *
     * @param threads closed by {@link #close}
     * @param timer closed by it too
     */
    public Renewals(TokenClient client, ExecutorService threads, ScheduledExecutorService timer) {
        this.client = client;
        this.threads = threads;
        this.safekeeping =
                new Safekeeping(client, threads, timer, place -> listeners.forEach(listener -> listener.accept(place)));
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
        Runnable ended = () -> end(grants.place(), mine);
        try {
            threads.execute(() -> run(grants, method, ended));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            ended.run();
        }
        return mine;
    }

    private void run(Grants grants, OAuth2 method, Runnable ended) {
        Optional<Obtained> obtained = Optional.empty();
        try {
            obtained = claimed(grants, method, ended);
        } catch (MortiseException e) {
            LOG.warn("{}: its tokens can't be renewed now: {}", grants.who(), e.getMessage());
        } finally {
            // until what came is kept, nobody here asks with the refresh token that it takes the place of
            obtained.ifPresentOrElse(safekeeping::keep, ended);
        }
    }

    private void end(Place place, CompletableFuture<Void> mine) {
        running.remove(place, mine);
        mine.complete(null);
    }

    /** Answers what came and is to be kept. */
    private Optional<Obtained> claimed(Grants grants, OAuth2 method, Runnable ended) {
        Optional<Claim> claim =
                grants.store().claim(grants.place(), client.limits().claim());
        if (claim.isEmpty()) {
            return Optional.empty(); // another node renews them, or has done so
        }
        Asked asked = ask(grants, method, claim.get());
        TokenAnswer answer = asked.answer;
        if (answer instanceof Granted granted) {
            return Optional.of(
                    new Obtained(grants, asked.by.orElseThrow(), claim.get(), granted, System.nanoTime(), ended));
        }
        if (answer instanceof Refused refused) {
            failed(grants, claim.get(), refusal(grants, refused), retry(refused));
        } else {
            String why = ((Unclear) answer).why();
            failed(grants, claim.get(), "The authorization server " + why + ". It is asked again.", retry());
        }
        return Optional.empty();
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

    /** Lets renewals that run come to their end, as long as an answer may take. */
    @Override
    public void close() {
        safekeeping.hurry();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(client.limits().patience().toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        safekeeping.end();
    }
}
