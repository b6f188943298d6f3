// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.testkit.call.RequestBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRoutesTest {
    private static final String PATH = "/api/v1/tokens";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final StubTokens tokens = new StubTokens();
    private final Surface surface = new Surface(new TokenRoutes(tokens, new JacksonJsonFactory()));

    @Test
    void tellsTheTextOnce() throws Exception {
        RequestBuilder order = order("""
                {"kind":"plugin","plugin":"reports","tenant":"acme","expiresInSeconds":60}""");

        Response response = surface.call("POST", PATH, order);

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().first("Cache-Control")).contains("no-store");
        assertThat(Surface.tree(response).toString())
                .isEqualTo("{\"id\":\"t-1\",\"token\":\"mor_p_text\",\"expiresAt\":\"2026-11-21T12:00:00Z\"}");
        assertThat(tokens.orders)
                .containsExactly(new Tokens.NewToken(
                        "plugin", Optional.of("reports"), Optional.of("acme"), Optional.of(Duration.ofSeconds(60))));
    }

    @Test
    void listsTokensWithoutTheirText() throws Exception {
        surface.answers("GET", PATH, Requests.admin(), 200, """
                {"count":1,"tokens":[{"id":"t-1","kind":"plugin","plugin":"reports",
                                      "createdAt":"2026-11-21T12:00:00Z","expiresAt":"2026-11-21T12:00:00Z"}]}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\":\"bad\"}",
                "{\"kind\":\"admin\",\"text\":\"mine\"}",
                "{\"kind\":\"admin\",\"expiresInSeconds\":\"60\"}",
                "{\"kind\":\"admin\",\"expiresInSeconds\":1e400}",
                "{\"kind\":\"admin\",\"kind\":\"plugin\"}",
                "[]",
                "null",
                "x",
                ""
            })
    void refusesAnOrderThatMakesNoSense(String body) {
        surface.refuses("POST", PATH, order(body), ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void revokesByIdAlone() throws Exception {
        assertThat(surface.call("DELETE", PATH + "/{id}", Requests.admin().parameter("id", "t-1"))
                        .status())
                .isEqualTo(204);
        surface.refuses("DELETE", PATH + "/{id}", Requests.admin().parameter("id", "t-2"), ErrorCode.NOT_FOUND);
    }

    private static RequestBuilder order(String json) {
        return Requests.admin().header("Content-Type", "application/json").body(Body.of(json));
    }

    /** Takes every order but those of a kind that is bad or missing. */
    private static final class StubTokens implements Tokens {
        private static final Token TOKEN =
                new Token("t-1", "plugin", Optional.of("reports"), Optional.empty(), NOON, Optional.of(NOON));
        private final List<NewToken> orders = new ArrayList<>();

        @Override
        public Created create(NewToken order) {
            if (order.kind().isEmpty() || order.kind().equals("bad")) {
                return new Created.Refused("no kind");
            }
            orders.add(order);
            return new Created.Made(TOKEN, "mor_p_text");
        }

        @Override
        public List<Token> list() {
            return List.of(TOKEN);
        }

        @Override
        public boolean revoke(String id) {
            return id.equals("t-1");
        }
    }
}
