// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.Identity;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.AccessControl;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {
    private static final String PRODUCTS = "/api/v1/p/inventory/products";

    @ParameterizedTest
    @CsvSource({"revoked, CREDENTIALS_INVALID", "expired, CREDENTIALS_EXPIRED", "unheard-of, CREDENTIALS_INVALID"})
    void refusesABadCredentialWithItsCodeAndAChallenge(String token, String code) {
        try (TestGateway gateway = TestGateway.open(inventory())) {
            FakeExchange answer = gateway.send(get(PRODUCTS).as(token));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.field("WWW-Authenticate")).isEqualTo("Bearer realm=\"mortise\", error=\"invalid_token\"");
        }
    }

    @Test
    void showsAuthenticatorsTheCanonicalPath() {
        try (TestGateway gateway = TestGateway.open(inventory())) {
            gateway.send(get("/api/v1/p/inventory/%70roducts").as("alice"));

            assertThat(gateway.access.requests.get(0).path()).isEqualTo(PRODUCTS);
            assertThat(gateway.access.requests.get(0).clientAddress()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void refusesEverybodyWhileNobodyCanSayWhoCalls() {
        try (TestGateway gateway = TestGateway.open(inventory())) {
            gateway.neighbours.unbindAccess(gateway.access);

            FakeExchange answer = gateway.send(get(PRODUCTS).as("alice"));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void keepsTheNewAccessControlWhenTheOldOneGoesAfterIt() {
        try (TestGateway gateway = TestGateway.open(inventory())) {
            FakeAccess old = new FakeAccess();
            AccessControl now = gateway.access;
            gateway.neighbours.bindAccess(old);
            gateway.neighbours.bindAccess(now);
            gateway.neighbours.unbindAccess(old);

            assertThat(gateway.send(get(PRODUCTS).as("alice")).status()).isEqualTo(200);
        }
    }

    @Test
    void answersAPublicEndpointOfAnAllowedPluginWithoutIdentity() {
        TestPlugin site = plugin("site")
                .open("GET", "/page")
                .offers("site.pages", "1.0.0")
                .route(
                        "GET",
                        "/page",
                        request -> Response.text(request.context().identity().id() + " "
                                + request.context().tenant()));
        try (TestGateway gateway = TestGateway.open(site)) {
            FakeExchange answer = gateway.send(get("/api/v1/p/site/page").with("X-Tenant-Id", "acme"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("anonymous Optional.empty");
            assertThat(gateway.access.requests).isEmpty();
        }
    }

    @Test
    void keepsAPublicEndpointClosedUnlessTheOperatorAllowsThePlugin() {
        TestPlugin other = plugin("other")
                .open("GET", "/page")
                .offers("other.pages", "1.0.0")
                .route("GET", "/page", request -> Response.text("page"));
        try (TestGateway gateway = TestGateway.open(other)) {
            assertThat(gateway.send(get("/api/v1/p/other/page")).status()).isEqualTo(401);
        }
    }

    @Test
    void keepsAnEndpointClosedThatIsPublicAndYetNeedsPermission() {
        TestPlugin site = plugin("site")
                .open("GET", "/page", "site.read")
                .offers("site.pages", "1.0.0")
                .route("GET", "/page", request -> Response.text("page"));
        try (TestGateway gateway = TestGateway.open(site)) {
            assertThat(gateway.send(get("/api/v1/p/site/page")).status()).isEqualTo(401);
        }
    }

    @Test
    void keepsOtherMethodsOfAPublicPathClosed() {
        TestPlugin site = plugin("site")
                .open("GET", "/page")
                .offers("site.pages", "1.0.0")
                .route("GET", "/page", request -> Response.text("page"));
        try (TestGateway gateway = TestGateway.open(site)) {
            assertThat(gateway.send(FakeExchange.of("DELETE", "/api/v1/p/site/page"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void letsEverybodyDoEverythingWhileAuthenticationIsOff() {
        Settings off = new Settings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                8,
                1000,
                Set.of(),
                TestGateway.GUARDS,
                TestGateway.REGISTRY,
                true);
        try (TestGateway gateway = new TestGateway(off)) {
            gateway.routing.open();
            gateway.put(inventory());

            FakeExchange withoutTenant = gateway.send(get(PRODUCTS));
            FakeExchange answer = gateway.send(FakeExchange.of("POST", PRODUCTS).with("X-Tenant-Id", "acme"));
            FakeExchange bad = gateway.send(get(PRODUCTS).as("revoked"));

            assertThat(withoutTenant.code()).isEqualTo("TENANT_REQUIRED");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(bad.status()).isEqualTo(401);
        }
    }

    @Test
    void answersWhatTheAccessControlCanNotSayNowWithItsCode() {
        try (TestGateway gateway = TestGateway.open(inventory())) {
            gateway.neighbours.bindAccess(new BrokenAccess());

            FakeExchange answer = gateway.send(get(PRODUCTS).as("alice"));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.field("Retry-After")).isEqualTo("1");
        }
    }

    /** Has lost its store. */
    private static final class BrokenAccess implements AccessControl {
        @Override
        public Authentication authenticate(AuthRequest request) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "Tokens can't be looked up now.");
        }

        @Override
        public Decision authorize(Identity identity, Action action) {
            return Decision.abstain();
        }
    }
}
