// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.PrincipalKind;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.worker.SignedToken;
import dev.mortise.worker.given.ClassPath;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HopTokenJudgeTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final long SOON = NOW.getEpochSecond() + 30;

    private final SignedToken token = SignedToken.of("hello", SOON);
    private final HopTokenJudge judge = judge("hello", List.of(SignedToken.KEY));

    @Test
    void aGoodTokenSaysWhoCallsForWhom() {
        HopClaims claims = judge.judge(token.text()).orElseThrow();

        assertThat(claims.tenant()).contains("acme");
        assertThat(claims.caller()).contains("desk");
        assertThat(claims.requestId()).isEqualTo("r-1");
        assertThat(claims.hop()).isEqualTo(2);
        assertThat(claims.identity().kind()).isEqualTo(PrincipalKind.USER);
        assertThat(claims.identity().id()).isEqualTo("ada");
        assertThat(claims.identity().has("plugin.hello.read")).isTrue();
        assertThat(claims.identity().has("plugin.hello.write")).isFalse();
    }

    @Test
    void theKeyBeforeTheNewestIsGoodToo() {
        assertThat(judge("hello", List.of(SignedToken.OTHER_KEY, SignedToken.KEY))
                        .judge(token.text()))
                .isPresent();
    }

    @Test
    void anotherKeyIsNoProof() {
        assertThat(judge("hello", List.of(SignedToken.OTHER_KEY)).judge(token.text()))
                .isEmpty();
        assertThat(judge("hello", List.of()).judge(token.text())).isEmpty();
    }

    @Test
    void aTokenForAnotherPluginIsNoProof() {
        assertThat(judge("stock", List.of(SignedToken.KEY)).judge(token.text())).isEmpty();
    }

    @Test
    void whatHasExpiredIsNoProof() {
        assertThat(judge.judge(
                        SignedToken.of("hello", NOW.getEpochSecond() - 11).text()))
                .isEmpty();
        assertThat(judge.judge(SignedToken.of("hello", NOW.getEpochSecond() - 9).text()))
                .as("clocks differ a little")
                .isPresent();
    }

    @Test
    void noOtherAlgorithmIsTaken() {
        assertThat(judge.judge(token.withAlgorithm("none").text())).isEmpty();
        assertThat(judge.judge(token.withAlgorithm("HS512").text())).isEmpty();
    }

    @Test
    void whatIsNoTokenIsNoProof() {
        for (String text : List.of("", "a.b", "a.b.c", "..", "%.%.%", token.text() + ".x", "x".repeat(20_000))) {
            assertThat(judge.judge(text)).as(text).isEmpty();
        }
    }

    private static HopTokenJudge judge(String plugin, List<String> keys) {
        return new HopTokenJudge(
                plugin, () -> keys, ClassPath.find(JsonFactory.class).lenient(), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
