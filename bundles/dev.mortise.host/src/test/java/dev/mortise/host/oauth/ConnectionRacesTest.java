// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.tenancy.House;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Connections.Ended;
import dev.mortise.kernel.admin.Connections.Returned;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people order while an authorization server takes its time. */
class ConnectionRacesTest {
    private final Connected given = new Connected();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        given.server.open.countDown();
        given.server.revoking.countDown();
        callers.shutdownNow();
        given.close();
    }

    /** Answers a connection whose code the server has got and not yet answered. */
    private Future<Configuration> connecting(int number) {
        Returned returned = Connected.code(given.begin());
        given.server.granting(number, 3600).open = new CountDownLatch(1);
        Future<Configuration> connecting =
                callers.submit(() -> given.orders.complete("acme", "reports", returned, "USER ada"));
        sent(1);
        return connecting;
    }

    /** Answers a disconnection whose tokens the server has got and not yet answered. */
    private Future<Ended> disconnecting() {
        given.server.revoking = new CountDownLatch(1);
        Future<Ended> disconnecting = callers.submit(() -> given.orders.disconnect("acme", "reports"));
        sent(2);
        return disconnecting;
    }

    private void sent(int forms) {
        await().until(() -> given.server.sent.size() == forms);
    }

    private static MortiseException refused(ErrorCode code, Future<?> order) {
        ExecutionException refusal = catchThrowableOfType(ExecutionException.class, order::get);
        assertThat(refusal).as("a refusal").isNotNull();
        MortiseException cause = (MortiseException) refusal.getCause();
        assertThat(cause.code()).isEqualTo(code);
        return cause;
    }

    /** There is no refresh token that it would go with. */
    @Test
    void givesBackAnAccessTokenThatCameAlone() {
        Future<Configuration> connecting = connecting(1);
        given.server.answering(200, "{\"access_token\":\"only\"}");
        given.configurations.authenticate("acme", "reports", "key", Map.of("apiKey", "k"));
        given.server.open.countDown();

        refused(ErrorCode.CONFLICT, connecting);
        assertThat(givenBack()).containsExactly("only");
        assertThat(given.server.last()).containsEntry("token_type_hint", "access_token");
    }

    private List<String> givenBack() {
        return given.server.sent.stream()
                .filter(form -> form.get("url").equals("https://id.example.org/r"))
                .map(form -> form.get("token"))
                .toList();
    }

    @Test
    void leavesTheKeyThatCameMeanwhile() {
        Future<Configuration> connecting = connecting(1);
        given.configurations.authenticate("acme", "reports", "key", Map.of("apiKey", "k"));
        given.server.open.countDown();

        assertThat(refused(ErrorCode.CONFLICT, connecting))
                .hasMessage("Plugin 'reports' of tenant 'acme' was disconnected, or got other credentials, while it was"
                        + " being connected. Begin again.");
        assertThat(givenBack()).containsExactly("refresh-1");
        assertThat(given.configurations.find("acme", "reports").config()).containsOnlyKeys("apiKey");
        assertThat(given.store.read(Connected.PLACE)).isEmpty();
    }

    @Test
    void connectsNothingThatIsDisconnectedMeanwhile() throws Exception {
        given.connect(3600);
        Future<Configuration> connecting = connecting(2);
        Future<Ended> disconnecting = disconnecting();
        given.server.open.countDown();
        sent(3);
        given.server.revoking.countDown();

        assertThat(refused(ErrorCode.CONFLICT, connecting)).hasMessageContaining("was disconnected");
        assertThat(disconnecting.get().revoked()).isTrue();
        assertThat(givenBack()).containsExactlyInAnyOrder("refresh-1", "refresh-2");
        assertThat(given.configurations.find("acme", "reports").auth()).isEmpty();
        assertThat(given.store.read(Connected.PLACE)).isEmpty();
    }

    @Test
    void handsOutNothingThatIsDisconnectedMeanwhile() throws Exception {
        given.connect(3600);
        given.time.pass(Duration.ofHours(2));
        given.server.granting(2, 3600).open = new CountDownLatch(1);
        Future<String> token = callers.submit(given::token);
        sent(1);
        Future<Ended> disconnecting = disconnecting();
        given.server.open.countDown();
        sent(3);
        given.server.revoking.countDown();

        assertThat(refused(ErrorCode.PLUGIN_NOT_READY, token)).hasMessageContaining("was disconnected meanwhile");
        assertThat(disconnecting.get().revoked()).isTrue();
        assertThat(givenBack()).containsExactlyInAnyOrder("refresh-1", "refresh-2");
    }

    @Test
    void givesBackWhatCameForATenantThatIsGone() {
        Future<Configuration> connecting = connecting(1);
        given.house.tenants.remove("acme");
        given.server.open.countDown();

        refused(ErrorCode.NOT_FOUND, connecting);
        assertThat(givenBack()).containsExactly("refresh-1");
    }

    /** Many servers take an end of one for the end of all that this client has of this user. */
    @Test
    void givesNothingBackWhereTokensOfBeforeStay() {
        given.connect(3600);
        Future<Configuration> connecting = connecting(2);
        given.configurations.authenticate(
                "acme", "reports", "oauth", Map.of("clientId", "me", "clientSecret", "another"));
        given.server.open.countDown();

        refused(ErrorCode.CONFLICT, connecting);
        assertThat(givenBack()).isEmpty();
        assertThat(given.token()).isEqualTo("access-1");
    }

    @Test
    void connectsThoughKeysAreReplacedMeanwhile() throws Exception {
        Future<Configuration> connecting = connecting(1);
        sealAnew();
        given.server.open.countDown();

        connecting.get();
        assertThat(given.token()).isEqualTo("access-1");
    }

    /** Another envelope opens to the same. */
    private void sealAnew() {
        Settings found = given.settings.read(Connected.PLACE).settings();
        AuthState auth = found.auth().orElseThrow();
        Map<String, String> anew = new HashMap<>(auth.credentials());
        anew.replaceAll((field, envelope) -> envelope + " ");
        given.settings.set(
                House.ACME,
                Connected.REPORTS,
                new Settings(
                        found.values(),
                        found.secrets(),
                        Optional.of(new AuthState(auth.methodId(), anew, Optional.empty()))));
    }
}
