// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.config.AccessTokens.Listening;
import dev.mortise.host.tenancy.House;
import dev.mortise.kernel.model.PluginId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
