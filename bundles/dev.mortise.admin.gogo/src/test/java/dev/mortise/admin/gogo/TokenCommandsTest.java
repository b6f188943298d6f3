// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenCommandsTest {
    private final Shell shell = new Shell();
    private final FakeTokens tokens = new FakeTokens();

    @BeforeEach
    void securityIsThere() {
        shell.tokens.bindTokens(tokens);
    }

    @Test
    void showsANewTokenOnce() {
        assertThat(shell.type("token create plugin --plugin reports --tenant acme --expires 3600"))
                .isEqualTo("""
                Id:          t1
                Token:       secret
                Expires:     2026-11-21T13:00:00Z
                The token is shown this once.""");
        assertThat(tokens.orders)
                .containsExactly(new Tokens.NewToken(
                        "plugin", Optional.of("reports"), Optional.of("acme"), Optional.of(Duration.ofHours(1))));
    }

    @Test
    void hidesTheTokenInScriptsThatPrintObjects() {
        assertThat(shell.execute("token create admin").toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "1.5", "99999999999"})
    void refusesAnExpiryThatIsNoNumberOfSeconds(String expires) {
        assertThat(shell.type("token create admin --expires " + expires))
                .isEqualTo("A token expires after a number of seconds, not after '" + expires + "'.");
        assertThat(tokens.orders).isEmpty();
    }

    @Test
    void saysWhyATokenIsRefused() {
        assertThat(shell.type("token create king")).isEqualTo("There is no kind 'king'.");
    }

    @Test
    void listsTokens() {
        assertThat(shell.type("token list")).isEqualTo("""
                ID  KIND    PLUGIN   TENANT  CREATED  EXPIRES
                t1  plugin  reports  acme    1m       in 1h
                t2  admin                    1m       never""");
    }

    @Test
    void revokesATokenOnce() {
        assertThat(shell.type("token revoke t1")).isEqualTo("Token t1 is revoked.");
        assertThat(shell.type("token revoke t9"))
                .isEqualTo("There is no token 't9'. 'token list' lists those there are.");
    }

    @Test
    void tellsHowItIsUsed() {
        assertThat(shell.type("token"))
                .isEqualTo("Usage: token create <kind> [--plugin <id>] [--tenant <tenant>] [--expires <seconds>]; "
                        + "token list; token revoke <id>");
        assertThat(shell.type("token revoke")).isEqualTo("Usage: token revoke <id>");
    }

    private static final class FakeTokens implements Tokens {
        private final List<NewToken> orders = new ArrayList<>();

        @Override
        public Created create(NewToken order) {
            if (order.kind().equals("king")) {
                return new Created.Refused("There is no kind 'king'.");
            }
            orders.add(order);
            return new Created.Made(
                    token("t1", order.kind(), order.plugin(), order.tenant(), order.expiresIn()), "secret");
        }

        @Override
        public List<Token> list() {
            return List.of(
                    token(
                            "t1",
                            "plugin",
                            Optional.of("reports"),
                            Optional.of("acme"),
                            Optional.of(Duration.ofHours(1))),
                    token("t2", "admin", Optional.empty(), Optional.empty(), Optional.empty()));
        }

        @Override
        public boolean revoke(String id) {
            return id.equals("t1");
        }

        private static Token token(
                String id,
                String kind,
                Optional<String> plugin,
                Optional<String> tenant,
                Optional<Duration> expiresIn) {
            return new Token(id, kind, plugin, tenant, Shell.NOW.minusSeconds(60), expiresIn.map(Shell.NOW::plus));
        }
    }
}
