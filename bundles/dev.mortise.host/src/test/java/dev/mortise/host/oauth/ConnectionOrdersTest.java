// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.tenancy.House;
import dev.mortise.kernel.admin.Configurations.Auth;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Configurations.Connection;
import dev.mortise.kernel.admin.Connections.Begun;
import dev.mortise.kernel.admin.Connections.Ended;
import dev.mortise.kernel.admin.Connections.Returned;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.rules.oauth.Pkce;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionOrdersTest {
    private final Connected given = new Connected();

    @AfterEach
    void close() {
        given.close();
    }

    private Configuration complete(Returned returned) {
        return given.orders.complete("acme", "reports", returned, "USER ada");
    }

    private static MortiseException refused(ErrorCode code, ThrowingCallable task) {
        MortiseException refusal = catchThrowableOfType(MortiseException.class, task);
        assertThat(refusal.code()).isEqualTo(code);
        return refusal;
    }

    @Test
    void sendsTheBrowserWithAChallengeAndProvesItWhenItComesBack() {
        Begun begun = given.begin();
        given.server.granting(1, 3600);

        Configuration shown = complete(Connected.code(begun));

        assertThat(Connected.parameter(begun, "code_challenge_method")).isEqualTo("S256");
        assertThat(Connected.parameter(begun, "scope")).isEqualTo("read");
        assertThat(given.server.last())
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "code-canary")
                .containsEntry("client_id", "me")
                .containsEntry("client_secret", "client-canary")
                .containsEntry("redirect_uri", Connected.BACK);
        assertThat(Pkce.challenge(given.server.last().get("code_verifier")))
                .isEqualTo(Connected.parameter(begun, "code_challenge"));
        assertThat(begun.expiresAt()).isEqualTo(given.time.instant().plus(Duration.ofMinutes(10)));
        assertThat(shown.auth())
                .contains(new Auth(
                        "oauth",
                        Optional.empty(),
                        Optional.of(new Connection(
                                "connected",
                                "****",
                                Optional.of("****"),
                                List.of("read"),
                                given.time.instant(),
                                Optional.of(given.time.instant().plusSeconds(3600)),
                                Optional.empty(),
                                Optional.empty()))));
        assertThat(given.hooks.called).containsExactly("connected acme");
        assertThat(given.token()).isEqualTo("access-1");
    }

    @Test
    void takesAStateOnce() {
        Returned returned = Connected.code(given.begin());
        given.server.granting(1, 3600);
        complete(returned);

        assertThat(refused(ErrorCode.VALIDATION_FAILED, () -> complete(returned)))
                .hasMessageContaining("This state is not known");
        assertThat(given.server.sent).hasSize(1);
    }

    @Test
    void takesAStateOfTheOneWhoBeganItForTheSameTenantOnly() {
        Returned returned = Connected.code(given.begin());
        given.server.granting(1, 3600);

        refused(ErrorCode.VALIDATION_FAILED, () -> given.orders.complete("acme", "reports", returned, "USER eve"));
        refused(ErrorCode.VALIDATION_FAILED, () -> given.orders.complete("beta", "reports", returned, "USER ada"));
        assertThat(given.server.sent).isEmpty();
        complete(returned);
    }

    @Test
    void takesNoStateThatIsOld() {
        Returned returned = Connected.code(given.begin());
        given.time.pass(Duration.ofMinutes(10));

        refused(ErrorCode.VALIDATION_FAILED, () -> complete(returned));
        assertThat(given.server.sent).isEmpty();
    }

    @Test
    void keepsNoMoreRequestsThanItMay() {
        given.begin();
        given.begin();

        refused(ErrorCode.RATE_LIMITED, given::begin);
    }

    @Test
    void saysWhatTheServerSaysAndNoSecret() {
        Returned code = Connected.code(given.begin());
        given.server.answering(
                400, "{\"error\":\"invalid_grant\",\"error_description\":\"code-canary of client-canary\"}");
        assertThat(refused(ErrorCode.CONFLICT, () -> complete(code)))
                .hasMessage("Plugin 'reports' of tenant 'acme' was not connected: the authorization server refuses,"
                        + " invalid_grant (**** of ****). Begin again.");

        String state = Connected.parameter(given.begin(), "state");
        Returned denied = new Returned(state, Optional.empty(), Optional.of("access_denied"));
        assertThat(refused(ErrorCode.CONFLICT, () -> complete(denied))).hasMessageContaining("access_denied");
        String other = Connected.parameter(given.begin(), "state");
        Returned forged = new Returned(other, Optional.empty(), Optional.of("<b>"));
        assertThat(refused(ErrorCode.CONFLICT, () -> complete(forged))).hasMessageContaining("an unknown error");
        assertThat(given.hooks.called).isEmpty();
    }

    @Test
    void givesTokensBackThatNobodyKeepsBecauseThePluginWasDisconnectedMeanwhile() {
        Returned returned = Connected.code(given.begin());
        given.server.granting(1, 3600);
        given.store.keepNothing();

        assertThat(refused(ErrorCode.CONFLICT, () -> complete(returned))).hasMessageContaining("was disconnected");
        assertThat(given.server.last())
                .containsEntry("url", "https://id.example.org/r")
                .containsEntry("token", "refresh-1");
    }

    @Test
    void connectsThoughTheDatabaseKeptTheTokensWithoutSayingSo() {
        Returned returned = Connected.code(given.begin());
        given.server.granting(1, 3600);
        given.settings.loseAnswers(1);
        given.store.loseAnswers(1);

        complete(returned);

        assertThat(given.token()).isEqualTo("access-1");
        assertThat(given.hooks.called).containsExactly("connected acme");
        assertThat(given.server.sent).hasSize(1);
    }

    /** The code is used, and whether the tokens are kept nobody knows: to give them back might end what is in use. */
    @Test
    void saysWhatToDoWhenTheDatabaseGoesAway() {
        Returned returned = Connected.code(given.begin());
        given.server.granting(1, 3600);
        given.store.loseAnswers(9);

        assertThat(refused(ErrorCode.SERVICE_UNAVAILABLE, () -> complete(returned)))
                .hasMessage("It is not known whether plugin 'reports' of tenant 'acme' was connected."
                        + " The database gave no answer. Look whether it is, and begin again if not.");
        assertThat(given.server.sent).hasSize(1);
        assertThat(given.token()).isEqualTo("access-1");
    }

    @Test
    void leavesTokensOfBeforeWhenTheServerIsAway() {
        given.connect(3600);
        given.server.away();

        refused(ErrorCode.SERVICE_UNAVAILABLE, () -> complete(Connected.code(given.begin())));

        assertThat(given.token()).isEqualTo("access-1");
    }

    @Test
    void comesBackOnlyToWhereTheOperatorAllows() {
        assertThat(refused(ErrorCode.VALIDATION_FAILED, () -> begin("https://evil.example.org/back")))
                .hasMessageContaining("is none of those that oauth.redirect-uris");
        assertThat(refused(ErrorCode.VALIDATION_FAILED, () -> begin("http://console.example.org/back")))
                .hasMessageContaining("is neither https nor http on the loopback address");
    }

    private void begin(String redirectUri) {
        given.orders.begin("acme", "reports", Optional.empty(), Optional.of(redirectUri), "USER ada");
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(refused(
                        ErrorCode.VALIDATION_FAILED,
                        () -> given.orders.begin("acme", "reports", Optional.of("key"), Optional.empty(), "USER ada")))
                .hasMessage("Plugin 'reports' has no method 'key' of type oauth2. Name one of type oauth2.");
        assertThat(refused(
                        ErrorCode.CONFLICT,
                        () -> given.orders.begin("beta", "reports", Optional.empty(), Optional.empty(), "USER ada")))
                .hasMessageContaining("has no value of 'clientId' for tenant 'beta'");
    }

    @Test
    void givesTokensBackAndForgetsThem() {
        given.connect(3600);
        given.server.answering(200, "");
        given.hooks.called.clear();

        assertThat(given.orders.disconnect("acme", "reports"))
                .isEqualTo(new Ended(true, "The tokens are forgotten. The authorization server took them back."));

        assertThat(given.server.last())
                .containsEntry("url", "https://id.example.org/r")
                .containsEntry("token", "refresh-1")
                .containsEntry("token_type_hint", "refresh_token");
        assertThat(given.store.read(Connected.PLACE)).isEmpty();
        assertThat(given.configurations.find("acme", "reports").auth()).isEmpty();
        assertThat(given.hooks.called).containsExactly("configUpdated acme");
        refused(ErrorCode.CONFLICT, () -> given.orders.disconnect("acme", "reports"));
    }

    @Test
    void saysWhatThePluginThinksOfATokenAndNotTheToken() {
        given.connect(3600);
        given.hooks.verdict = CompletableFuture.completedFuture(
                Optional.of(AuthVerdict.invalid("401: access-1 of refresh-1 is not known.")));

        assertThat(given.configurations.validateAuth("acme", "reports"))
                .isEqualTo(AuthVerdict.invalid("401: **** of **** is not known."));
    }

    @Test
    void forgetsTokensAlsoWhenTheServerIsAway() {
        given.connect(3600);
        given.server.away();

        Ended ended = given.orders.disconnect("acme", "reports");

        assertThat(ended.revoked()).isFalse();
        assertThat(ended.message()).endsWith("Take the access back there, if it should end.");
        assertThat(given.store.read(Connected.PLACE)).isEmpty();
    }

    @Test
    void disconnectsThoughTheDatabaseForgotWithoutSayingSo() {
        given.connect(3600);
        given.server.answering(200, "");
        given.settings.loseAnswers(1);

        assertThat(given.orders.disconnect("acme", "reports").revoked()).isTrue();

        assertThat(given.store.read(Connected.PLACE)).isEmpty();
        assertThat(given.configurations.find("acme", "reports").auth()).isEmpty();
    }

    @Test
    void givesBackTokensThatTheDatabaseForgotWithoutSayingSo() {
        given.connect(3600);
        given.store.loseAnswers(1);

        given.orders.disconnect("acme", "reports");

        assertThat(given.server.last()).containsEntry("token", "refresh-1");
    }

    /** The order of before forgot what was given, and ended there. */
    @Test
    void disconnectsWhatAnOrderLeft() {
        given.connect(3600);
        given.server.answering(200, "");
        given.settings.set(House.ACME, Connected.REPORTS, Settings.NONE);

        assertThat(given.orders.disconnect("acme", "reports").message()).startsWith("The tokens are forgotten.");

        assertThat(given.store.read(Connected.PLACE)).isEmpty();
        refused(ErrorCode.CONFLICT, () -> given.orders.disconnect("acme", "reports"));
    }

    @Test
    void forgetsKeysToo() {
        given.configurations.authenticate("acme", "reports", "key", Map.of("apiKey", "k"));

        assertThat(given.orders.disconnect("acme", "reports").revoked()).isFalse();

        assertThat(given.configurations.find("acme", "reports").config()).isEmpty();
        assertThat(given.server.sent).isEmpty();
    }
}
