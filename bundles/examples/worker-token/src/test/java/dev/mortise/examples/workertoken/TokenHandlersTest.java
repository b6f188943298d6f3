// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHandlersTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");

    private final TestClock clock = new TestClock();
    private final MapTokens tokens = new MapTokens(clock.instant());
    private final RecentTokens recent = new RecentTokens(tokens, clock);
    private final FakeJson json = new FakeJson();
    private final TokenHandlers handlers = new TokenHandlers(recent, json, clock);

    @Test
    void tellsTheTextOnceAndKeepsItsHash() throws IOException {
        IssuedToken issued = issue(ACME);

        assertThat(issued.token()).startsWith("mwt_").startsWith(issued.prefix());
        assertThat(tokens.stored()).doesNotContain(issued.token());
        assertThat(recent.find(new TokenText(issued.token()).hash())).isPresent();
        handlers.list(FakeRequest.of(ACME));
        assertThat(json.written().toString()).doesNotContain(issued.token());
    }

    @Test
    void answersWhereTheNewTokenIs() throws IOException {
        Response response = handlers.create(order(ACME));

        assertThat(response.status()).isEqualTo(201);
        IssuedToken issued = (IssuedToken) json.written();
        assertThat(response.headers().first("Location")).contains("tokens/" + issued.id());
        assertThat(response.headers().first("Cache-Control")).contains("no-store");
    }

    @Test
    void takesAnotherTextWhenTwoBeginAlike() throws IOException {
        tokens.collisions = 2;

        assertThat(issue(ACME).token()).startsWith("mwt_");
    }

    @Test
    void showsATenantItsOwnTokensOnly() throws IOException {
        IssuedToken ours = issue(ACME);

        handlers.list(FakeRequest.of(GLOBEX));
        assertThat(json.written()).isEqualTo(new TokenList(0, List.of()));

        refusesAsUnknown(() -> handlers.get(FakeRequest.of(GLOBEX).id(ours.id())));
        refusesAsUnknown(() -> handlers.revoke(FakeRequest.of(GLOBEX).id(ours.id())));
        handlers.get(FakeRequest.of(ACME).id(ours.id()));
        assertThat(((Token) json.written()).id()).isEqualTo(ours.id());
    }

    @Test
    void forgetsARevokedTokenAtOnce() throws IOException {
        IssuedToken issued = issue(ACME);
        String hash = new TokenText(issued.token()).hash();
        assertThat(recent.find(hash)).isPresent();

        assertThat(handlers.revoke(FakeRequest.of(ACME).id(issued.id())).status())
                .isEqualTo(204);

        assertThat(recent.find(hash)).isEmpty();
        refusesAsUnknown(() -> handlers.revoke(FakeRequest.of(ACME).id(issued.id())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1-1-1-1-1", "../x", "00000000-0000-0000-0000-000000000000"})
    void knowsNoTokenBySomethingElseThanItsId(String id) {
        refusesAsUnknown(() -> handlers.get(FakeRequest.of(ACME).id(id)));
        refusesAsUnknown(() -> handlers.revoke(FakeRequest.of(ACME).id(id)));
    }

    private IssuedToken issue(TenantId tenant) throws IOException {
        handlers.create(order(tenant));
        return (IssuedToken) json.written();
    }

    private FakeRequest order(TenantId tenant) {
        json.reads(new TokenOrder(Optional.of("ci"), Optional.empty(), Optional.empty()));
        return FakeRequest.of(tenant);
    }

    private static void refusesAsUnknown(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MortiseException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.NOT_FOUND));
    }
}
