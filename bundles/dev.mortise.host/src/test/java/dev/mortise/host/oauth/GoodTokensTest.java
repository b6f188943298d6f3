// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Configurations.Connection;
import dev.mortise.kernel.port.OAuthStore.Claim;
import dev.mortise.kernel.port.OAuthStore.Grant;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoodTokensTest {
    private final Connected given = new Connected();

    @AfterEach
    void close() {
        given.server.open.countDown();
        given.close();
    }

    private Grant kept() {
        return given.store.read(Connected.PLACE).orElseThrow().grant();
    }

    private Connection shown() {
        return given.configurations
                .find("acme", "reports")
                .auth()
                .orElseThrow()
                .connection()
                .orElseThrow();
    }

    private MortiseException refused() {
        MortiseException refusal = catchThrowableOfType(MortiseException.class, given::token);
        assertThat(refusal.code()).isEqualTo(ErrorCode.PLUGIN_NOT_READY);
        return refusal;
    }

    @Test
    void handsOutATokenThatIsFreshWithoutAskingAnybody() {
        given.connect(3600);

        assertThat(given.token()).isEqualTo("access-1");
        assertThat(given.server.sent).isEmpty();
    }

    @Test
    void renewsBeforeTheEndAndLetsNobodyWaitForThat() {
        given.connect(3600);
        given.time.pass(Duration.ofMinutes(56));
        given.server.granting(2, 3600).open = new CountDownLatch(1);

        assertThat(given.token()).isEqualTo("access-1");
        assertThat(given.token()).isEqualTo("access-1");
        given.server.open.countDown();
        await().until(() -> given.token().equals("access-2"));

        assertThat(given.server.sent).hasSize(1);
        assertThat(given.server.last())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "refresh-1")
                .containsEntry("client_secret", "client-canary")
                .containsEntry("url", "https://id.example.org/t");
        assertThat(kept().refresh().orElseThrow()).endsWith("\"refresh-2\"");
    }

    @Test
    void letsManyWaitForOneRenewalOfATokenThatHasEnded() throws Exception {
        given.connect(3600);
        given.time.pass(Duration.ofHours(2));
        given.server.granting(2, 3600).open = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            Callable<String> asking = given::token;
            List<Future<String>> asked = Collections.nCopies(16, asking).stream()
                    .map(callers::submit)
                    .toList();
            await().until(() -> given.server.sent.size() == 1);
            given.server.open.countDown();
            for (Future<String> token : asked) {
                assertThat(token.get()).isEqualTo("access-2");
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(given.server.sent).hasSize(1);
    }

    @Test
    void waitsForTheRenewalOfAnotherNode() throws Exception {
        given.connect(3600);
        given.time.pass(Duration.ofHours(2));
        Claim claim = given.store.claim(Connected.PLACE, Duration.ofMinutes(1)).orElseThrow();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<String> token = caller.submit(given::token);
            await().during(Duration.ofMillis(300)).until(() -> !token.isDone());
            given.store.renewed(Connected.PLACE, claim, given.sealed("access-9"));

            assertThat(token.get()).isEqualTo("access-9");
        } finally {
            caller.shutdownNow();
        }
        assertThat(given.server.sent).isEmpty();
    }

    @Test
    void keepsEverythingWhenTheServerIsAwayAndTriesAgainLater() {
        given.connect(3600);
        given.time.pass(Duration.ofMinutes(56));
        given.server.away();

        assertThat(given.token()).isEqualTo("access-1");
        await().until(() -> kept().trouble().isPresent());
        assertThat(given.token()).isEqualTo("access-1");
        assertThat(shown().state()).isEqualTo("failing");
        assertThat(shown().problem().orElseThrow())
                .isEqualTo(
                        "The authorization server gave no answer: https://id.example.org/t is late. It is asked again.");
        assertThat(shown().problemAt()).contains(given.time.instant());
        assertThat(given.server.sent).hasSize(1);

        given.time.pass(Duration.ofSeconds(31));
        given.server.granting(2, 3600);
        assertThat(given.token()).isEqualTo("access-1");
        await().until(() -> given.token().equals("access-2"));
        assertThat(given.server.last()).containsEntry("refresh_token", "refresh-1");
        assertThat(shown().state()).isEqualTo("connected");
    }

    @Test
    void saysWhatToDoWhenTheServerRefusesForGood() {
        given.connect(3600);
        given.time.pass(Duration.ofHours(2));
        given.server.answering(
                400, "{\"error\":\"invalid_grant\",\"error_description\":\"refresh-1 of client-canary is old\"}");

        String sentence = "The authorization server refuses to renew the tokens: invalid_grant (**** of **** is old)."
                + " Connect plugin 'reports' again.";
        assertThat(refused())
                .hasMessage("Plugin 'reports' of tenant 'acme' has no access token that is good. " + sentence + " ("
                        + given.time.instant() + ")");
        assertThat(shown().state()).isEqualTo("reconnect");
        assertThat(shown().problem()).contains(sentence);
        given.time.pass(Duration.ofDays(1));
        refused();
        assertThat(given.server.sent).hasSize(1);
        assertThat(kept().refresh().orElseThrow()).endsWith("\"refresh-1\"");

        given.connect(3600);
        assertThat(given.token()).isEqualTo("access-1");
        assertThat(shown().problem()).isEmpty();
    }

    @Test
    void asksAgainWhenOnlyTheClientIsRefused() {
        given.connect(3600);
        given.time.pass(Duration.ofHours(2));
        given.server.answering(401, "{\"error\":\"invalid_client\"}");
        refused();
        assertThat(shown().state()).isEqualTo("failing");

        given.time.pass(Duration.ofMinutes(1));
        given.server.granting(2, 3600);

        assertThat(given.token()).isEqualTo("access-2");
    }

    @Test
    void saysThatThereIsNothingToRenewWith() {
        given.server.answering(200, "{\"access_token\":\"only\",\"expires_in\":60}");
        given.orders.complete("acme", "reports", Connected.code(given.begin()), "USER ada");
        assertThat(given.token()).isEqualTo("only");
        given.time.pass(Duration.ofMinutes(2));

        assertThat(refused()).hasMessageContaining("there is nothing to renew it with. Connect it again.");
        assertThat(shown().state()).isEqualTo("expired");
    }

    @Test
    void saysThatItIsNotConnected() {
        assertThat(refused()).hasMessage("Plugin 'reports' of tenant 'acme' is not connected. Connect it.");
        given.connect(3600);
        given.configurations.authenticate("acme", "reports", "key", Map.of("apiKey", "k"));

        assertThat(refused()).hasMessage("Plugin 'reports' of tenant 'acme' is not connected. Connect it.");
        assertThat(given.store.read(Connected.PLACE)).isEmpty();
    }
}
