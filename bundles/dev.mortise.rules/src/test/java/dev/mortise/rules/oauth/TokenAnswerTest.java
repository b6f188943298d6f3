// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.rules.oauth.TokenAnswer.Granted;
import dev.mortise.rules.oauth.TokenAnswer.Refused;
import dev.mortise.rules.oauth.TokenAnswer.Unclear;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswerTest {
    @Test
    void takesTokens() {
        assertThat(judge(
                        200,
                        Map.of(
                                "access_token",
                                "a",
                                "refresh_token",
                                "r",
                                "expires_in",
                                3600,
                                "scope",
                                "x y",
                                "token_type",
                                "Bearer")))
                .isEqualTo(new Granted(
                        "a", Optional.of("r"), Optional.of(Duration.ofHours(1)), Optional.of(List.of("x", "y"))));
        assertThat(judge(200, Map.of("access_token", "a", "expires_in", "60")))
                .isEqualTo(new Granted("a", Optional.empty(), Optional.of(Duration.ofMinutes(1)), Optional.empty()));
    }

    @Test
    void lastFromWhenTheyCame() {
        Granted tokens = (Granted) judge(200, Map.of("access_token", "a", "refresh_token", "r", "expires_in", 60));

        assertThat(tokens.after(Duration.ofSeconds(20)))
                .isEqualTo(new Granted("a", Optional.of("r"), Optional.of(Duration.ofSeconds(40)), Optional.empty()));
        assertThat(tokens.after(Duration.ofHours(1)).life()).contains(Duration.ZERO);
        assertThat(((Granted) judge(200, Map.of("access_token", "a")))
                        .after(Duration.ofHours(1))
                        .life())
                .isEmpty();
    }

    @Test
    void makesNothingStrangeOfLivesThatAreStrange() {
        assertThat(life(0)).contains(Duration.ofSeconds(1));
        assertThat(life(Long.MAX_VALUE)).isEmpty();
        assertThat(life(999_999_999_999_999_999L)).contains(Duration.ofDays(3650));
        assertThat(life(-5)).isEmpty();
        assertThat(life("soon")).isEmpty();
    }

    private static Optional<Duration> life(Object seconds) {
        return ((Granted) judge(200, Map.of("access_token", "a", "expires_in", seconds))).life();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX-Other: b", "a\u0000", "é"})
    void takesNoTokenThatWouldBreakAHeader(String token) {
        assertThat(judge(200, Map.of("access_token", token))).isInstanceOf(Unclear.class);
        assertThat(judge(200, Map.of("access_token", "a", "refresh_token", token)))
                .isEqualTo(new Granted("a", Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void takesNoEndlessToken() {
        assertThat(judge(200, Map.of("access_token", "a".repeat(8193)))).isInstanceOf(Unclear.class);
    }

    @Test
    void hearsWhetherTokensAreLost() {
        assertThat(judge(400, Map.of("error", "invalid_grant", "error_description", "too\nold")))
                .isEqualTo(new Refused("invalid_grant", "too\nold"))
                .matches(answer -> ((Refused) answer).lost());
        assertThat(judge(401, Map.of("error", "invalid_client"))).matches(answer -> !((Refused) answer).lost());
        assertThat(judge(200, Map.of("error", "invalid_grant", "access_token", "a")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void takesForPassingWhatMayPass() {
        assertThat(judge(503, Map.of("error", "invalid_grant"))).isEqualTo(new Unclear("answered 503"));
        assertThat(judge(429, Map.of("error", "invalid_grant"))).isInstanceOf(Unclear.class);
        assertThat(judge(400, Map.of("error", "temporarily_unavailable"))).isInstanceOf(Unclear.class);
        assertThat(judge(400, Map.of("error", "Not <b>a code"))).isInstanceOf(Unclear.class);
        assertThat(judge(302, Map.of())).isInstanceOf(Unclear.class);
        assertThat(judge(200, Map.of("access_token", "a", "token_type", "mac"))).isInstanceOf(Unclear.class);
        assertThat(TokenAnswer.judge(200, Optional.empty())).isEqualTo(new Unclear("answered 200, but no JSON object"));
    }

    /** What is cut or turned into question marks first is not found any more. */
    @Test
    void saysWhatTheServerSaysWithoutAnyPartOfASecret() {
        String secret = "p\u00e4sswort-" + "x".repeat(40);
        Refused said = (Refused) judge(
                400, Map.of("error", "invalid_client", "error_description", secret + "\n" + "-".repeat(170) + secret));

        assertThat(said.without(List.of(secret)))
                .isEqualTo(new Refused("invalid_client", "****?" + "-".repeat(170) + "****"));
        assertThat(((Refused) judge(400, Map.of("error", "invalid_client", "error_description", "-".repeat(500))))
                        .without(List.of())
                        .words())
                .hasSize(200);
    }

    @Test
    void neverShowsTokens() {
        assertThat(judge(200, Map.of("access_token", "canary")).toString()).doesNotContain("canary");
    }

    private static TokenAnswer judge(int status, Map<String, Object> body) {
        return TokenAnswer.judge(status, Optional.of(body));
    }
}
