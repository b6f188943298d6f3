// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.config.AccessTokens.Listening;
import dev.mortise.host.config.StoredCredentials;
import dev.mortise.host.tenancy.House;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.OAuthStore.Claim;
import dev.mortise.kernel.port.OAuthStore.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenewalsTest {
    private final Connected given = new Connected();

    @AfterEach
    void close() {
        given.server.open.countDown();
        given.close();
    }

    /** The server has forgotten the old refresh token by then. */
    @Test
    void losesNoTokensWhileTheDatabaseCannotKeepThem() {
        given.connect(3600);
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(2, 3600);
        given.store.refuseRenewals(2);

        assertThat(given.token()).isEqualTo("access-1");
        await().until(() -> given.token().equals("access-2"));

        assertThat(given.server.sent).hasSize(1);
    }

    private void renew() {
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(2, 3600);
        given.token();
    }

    /** The connection ended after the commit; whoever gave the tokens back would end what is in use. */
    @Test
    void keepsWhatTheDatabaseKeptWithoutSayingSo() {
        List<TenantId> told = new CopyOnWriteArrayList<>();
        given.tokens.whenRenewed(Connected.REPORTS, told::add);
        given.connect(3600);
        given.store.loseAnswers(1);

        renew();
        await().until(() -> !told.isEmpty());

        assertThat(given.token()).isEqualTo("access-2");
        assertThat(given.server.sent).hasSize(1);
        assertThat(told).containsExactly(House.ACME);
    }

    @Test
    void holdsNoThreadWhileTheDatabaseCannotKeepThem() throws Exception {
        given.connect(3600);
        given.store.refuseRenewals(2);
        renew();
        await().until(() -> given.store.refusals() == 1);

        given.thread.submit(() -> {}).get(500, TimeUnit.MILLISECONDS);

        await().until(() -> given.token().equals("access-2"));
    }

    /** Only these go on where the server replaces refresh tokens: whoever claimed later asked with the old one. */
    @Test
    void keepsWhatCameThoughAnotherNodeWasRefusedMeanwhile() {
        given.connect(3600);
        given.store.refuseRenewals(1);
        renew();
        await().until(() -> given.store.refusals() == 0);

        given.time.pass(Connected.LIMITS.claim());
        Claim other = given.store.claim(Connected.PLACE, Duration.ofMinutes(1)).orElseThrow();
        given.store.failed(Connected.PLACE, other, "invalid_grant", Optional.empty());

        await().until(() -> given.token().equals("access-2"));
        assertThat(given.store.read(Connected.PLACE).orElseThrow().grant().trouble())
                .isEmpty();
        assertThat(given.server.sent).hasSize(1);
    }

    /** A token lasts from when it was given. */
    @Test
    void countsTheTimeThatItCouldNotKeepThem() {
        given.connect(3600);
        given.store.refuseRenewals(1);
        renew();
        await().until(() -> given.token().equals("access-2"));

        Grant kept = given.store.read(Connected.PLACE).orElseThrow().grant();
        assertThat(Duration.between(kept.renewedAt(), kept.expiresAt().orElseThrow()))
                .isBetween(Duration.ofMinutes(59), Duration.ofSeconds(3599));
    }

    /** Many servers take an end of one for the end of all that this client has of this user. */
    @Test
    void givesNothingBackWhereThePluginWasConnectedAnew() throws Exception {
        given.server.open = new CountDownLatch(1);
        given.connectedWith("access-0", "refresh-0");
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(2, 3600);
        given.token();
        await().until(() -> given.server.sent.size() == 1);

        given.time.pass(Duration.ofSeconds(1));
        given.connectedWith("access-8", "refresh-8");
        given.server.open.countDown();
        given.thread.submit(() -> {}).get();

        assertThat(given.token()).isEqualTo("access-8");
        assertThat(given.server.sent).hasSize(1);
    }

    @Test
    void triesOnceMoreWhenMortiseEnds() {
        given.connect(3600);
        given.store.refuseRenewals(1);
        renew();
        await().until(() -> given.store.refusals() == 0);

        given.close();

        assertThat(given.token()).isEqualTo("access-2");
    }

    @Test
    void renewsAgainAfterThereWasNoThreadForIt() throws Exception {
        AtomicInteger none = new AtomicInteger(1);
        ExecutorService threads =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    if (none.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(task);
                });
        given.connect(3600);
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(2, 3600);
        Grants grants =
                new Grants(House.ACME, new StoredCredentials(Connected.REPORTS, Connected.SCHEMA, given.sources));
        try (Renewals renewals = given.renewals(threads)) {
            renewals.renew(grants, Connected.METHOD).get(1, TimeUnit.SECONDS);
            renewals.renew(grants, Connected.METHOD).get(5, TimeUnit.SECONDS);
        }
        assertThat(given.token()).isEqualTo("access-2");
    }

    @Test
    void givesBackWhatCameForAPluginThatWasDisconnectedMeanwhile() {
        given.connect(3600);
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(2, 3600).open = new CountDownLatch(1);
        given.token();
        await().until(() -> given.server.sent.size() == 1);

        given.store.delete(Connected.PLACE);
        given.server.open.countDown();

        await().until(() -> given.server.sent.size() == 2);
        assertThat(given.server.last())
                .containsEntry("url", "https://id.example.org/r")
                .containsEntry("token", "refresh-2");
        assertThat(given.store.read(Connected.PLACE)).isEmpty();
    }

    /** Its client id and secret are credentials of the method, and go with it. */
    @Test
    void givesBackWhatCameForAPluginWhoseClientIsForgotten() {
        given.connect(3600);
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(2, 3600).open = new CountDownLatch(1);
        given.token();
        await().until(() -> given.server.sent.size() == 1);

        given.configurations.authenticate("acme", "reports", "key", Map.of("apiKey", "other"));
        given.server.open.countDown();

        await().until(() -> given.server.sent.size() == 2);
        assertThat(given.server.last())
                .containsEntry("url", "https://id.example.org/r")
                .containsEntry("token", "refresh-2")
                .containsEntry("client_secret", "client-canary");
    }

    @Test
    void tellsOfEachWhoseTokensAreKeptAndOfNoOther() {
        List<TenantId> told = new CopyOnWriteArrayList<>();
        List<TenantId> others = new CopyOnWriteArrayList<>();
        Listening listening = given.tokens.whenRenewed(Connected.REPORTS, told::add);
        given.tokens.whenRenewed(new PluginId("crm"), others::add);
        given.connect(3600);
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(2, 3600);

        given.token();
        await().until(() -> given.token().equals("access-2"));
        await().until(() -> told.equals(List.of(House.ACME)));

        listening.close();
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(3, 3600);
        await().until(() -> given.token().equals("access-3"));
        assertThat(told).hasSize(1);
        assertThat(others).isEmpty();
    }

    /** A caller that is interrupted gives up waiting; what the server gives is kept all the same. */
    @Test
    void outlivesItsCallers() throws Exception {
        given.connect(3600);
        given.time.pass(Duration.ofHours(2));
        given.server.granting(2, 3600).open = new CountDownLatch(1);
        Thread caller = new Thread(given::token);
        caller.setUncaughtExceptionHandler((thread, refusal) -> {});
        caller.start();
        await().until(() -> given.server.sent.size() == 1);

        caller.interrupt();
        caller.join();
        given.server.open.countDown();

        await().until(() -> given.token().equals("access-2"));
        assertThat(given.server.sent).hasSize(1);
    }
}
