// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HopTokens;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plugin elsewhere calls while it is called, it calls on behalf of whom it is called for. */
class OnBehalfTest {
    private static final String STOCK = "/api/v1/s/stock.things/things";
    private static final Identity ANNA = Identity.user("anna", new TenantId("acme"), Set.of("stock.read"));
    private static final Identity OTTO = Identity.user("otto", new TenantId("acme"), Set.of("other.read"));

    private final TestGateway gateway = TestGateway.open(
            plugin("stock")
                    .endpoint("GET", "/things", "stock.read")
                    .offers("stock.things", "1.0.0")
                    .route(
                            "GET",
                            "/things",
                            request ->
                                    Response.text(request.context().identity().id() + " by "
                                            + request.context().caller().orElse("nobody"))),
            plugin("desk").needs("stock", "stock.things", "^1.0.0"));

    OnBehalfTest() {
        gateway.knows("desk", FakeAccess.plugin("desk"));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private String pass(String audience, Identity identity, String tenant) {
        return gateway.remote.pass(new HopTokens.Claims(
                audience, identity, Optional.of(tenant), Optional.empty(), "r-1", 0, Duration.ofSeconds(5)));
    }

    private FakeExchange ask(String pass) {
        return gateway.send(get(STOCK).as("desk").with("X-Mortise-Behalf", pass));
    }

    @Test
    void withoutAPassItCallsForItself() {
        assertThat(gateway.send(get(STOCK).as("desk")).text()).isEqualTo("plugin:desk by desk");
    }

    @Test
    void withAPassThePermissionsOfItsUserCountToo() {
        assertThat(ask(pass("desk", ANNA, "acme")).text()).isEqualTo("anna by desk");

        FakeExchange refused = ask(pass("desk", OTTO, "acme"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void aPassOfAnotherPluginOrTenantOrOfNobodyIsRefused() {
        for (String pass : new String[] {pass("crm", ANNA, "acme"), pass("desk", ANNA, "default"), "made up"}) {
            FakeExchange refused = ask(pass);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.detail()).startsWith("X-Mortise-Behalf of plugin 'desk' is not good");
        }
    }

    @Test
    void aProcessOfAllTenantsNamesTheOneThatItCallsFor() {
        gateway.knows(
                "desk-of-all",
                new Identity(
                        PrincipalKind.SERVICE, "plugin:desk", Optional.empty(), false, Optional.of("desk"), Set.of()));

        assertThat(gateway.send(get(STOCK).as("desk-of-all").with("X-Tenant-Id", "acme"))
                        .text())
                .isEqualTo("plugin:desk by desk");
        assertThat(gateway.send(get(STOCK).as("desk-of-all")).code()).isEqualTo("TENANT_REQUIRED");
        assertThat(gateway.send(get(STOCK).as("desk-of-all").with("X-Tenant-Id", "nowhere"))
                        .status())
                .isEqualTo(404);
    }
}
