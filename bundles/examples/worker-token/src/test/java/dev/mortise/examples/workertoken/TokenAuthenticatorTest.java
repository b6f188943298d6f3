// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authentication.Reason;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Headers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAuthenticatorTest {
    private static final TenantId ACME = new TenantId("acme");

    private final TestClock clock = new TestClock();
    private final MapTokens tokens = new MapTokens(clock.instant());
    private final RecentTokens recent = new RecentTokens(tokens, clock);
    private final TokenAuthenticator authenticator = new TokenAuthenticator(recent, clock);
    private final TokenText text = TokenText.make(new SecureRandom());

    @Test
    void knowsTenantAndPermissionsOfItsTokens() {
        Token token = add(Optional.empty());

        assertThat(ask(text.text()))
                .isEqualTo(Authentication.authenticated(
                        Identity.user("worker-token:" + token.id(), ACME, Set.of("plugin.reports.generate"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "mor_a_abc", "MWT_abc"})
    void saysNothingOfOtherTokens(String other) {
        assertThat(ask(other)).isInstanceOf(Authentication.NoOpinion.class);
    }

    @Test
    void saysNothingWithoutABearerToken() {
        assertThat(authenticator.authenticate(request(Headers.none()))).isInstanceOf(Authentication.NoOpinion.class);
    }

    @Test
    void refusesATokenThatItDoesNotKnow() {
        assertThat(reason(ask(text.text()))).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesWhatIsTooShortWithoutAQuery() {
        assertThat(reason(ask("mwt_short"))).isEqualTo(Reason.INVALID);
        assertThat(tokens.lookups).isZero();
    }

    @Test
    void refusesATokenAtTheMomentItExpires() {
        add(Optional.of(Duration.ofSeconds(1)));
        assertThat(ask(text.text())).isInstanceOf(Authentication.Authenticated.class);

        clock.advance(Duration.ofSeconds(1));

        assertThat(reason(ask(text.text()))).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void refusesARevokedTokenAtOnce() {
        Token token = add(Optional.empty());
        ask(text.text());

        tokens.revoke(ACME, token.id());
        recent.forget(token.id());

        assertThat(reason(ask(text.text()))).isEqualTo(Reason.INVALID);
    }

    @Test
    void asksTheDatabaseOnceInTwoSeconds() {
        add(Optional.empty());

        ask(text.text());
        ask(text.text());
        clock.advance(Duration.ofSeconds(2));
        ask(text.text());

        assertThat(tokens.lookups).isEqualTo(2);
    }

    private Token add(Optional<Duration> life) {
        NewToken order = new NewToken("ci", List.of("plugin.reports.generate"), life.map(clock.instant()::plus), "ann");
        return tokens.add(ACME, order, text).orElseThrow();
    }

    private Authentication ask(String bearer) {
        return authenticator.authenticate(request(Headers.of("Authorization", "Bearer " + bearer)));
    }

    private static AuthRequest request(Headers headers) {
        return new AuthRequest("GET", "/", headers, "127.0.0.1");
    }

    private static Reason reason(Authentication answer) {
        return ((Authentication.Refused) answer).reason();
    }
}
