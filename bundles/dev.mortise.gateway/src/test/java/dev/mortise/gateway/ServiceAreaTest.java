// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.Identity;
import dev.mortise.api.call.PrincipalKind;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.PluginState;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceAreaTest {
    private static final String PRODUCTS = "/api/v1/s/inventory.products/products";

    private final TestGateway gateway =
            TestGateway.open(inventory(), plugin("reports").needs("inventory", "inventory.products", "^1.0.0"));

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void carriesACallOfAPluginToTheServiceThatItDeclares() {
        FakeExchange answer = gateway.send(get(PRODUCTS).as("reports"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("products");
    }

    @Test
    void grantsThePluginWhatItDeclares() {
        gateway.send(FakeExchange.of("POST", PRODUCTS).as("reports"));

        assertThat(gateway.access.actions.get(0).permissions()).isEmpty();
        assertThat(gateway.access.actions.get(0).plugin()).contains("inventory");
    }

    @Test
    void sendsUsersToTheAddressOfClients() {
        FakeExchange answer = gateway.send(get(PRODUCTS).as("alice"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("PERMISSION_DENIED");
        assertThat(answer.detail()).contains("'/api/v1/p/inventory/products'");
    }

    @Test
    void sendsAdminsToTheAddressOfClientsToo() {
        FakeExchange answer = gateway.send(get(PRODUCTS).as("admin").with("X-Tenant-Id", "acme"));

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void refusesAServiceThatThePluginDoesNotDeclare() {
        FakeExchange answer =
                gateway.send(get("/api/v1/s/crm.contacts/contacts").as("reports"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("DEPENDENCY_NOT_DECLARED");
    }

    @Test
    void refusesACredentialOfAPluginThatIsNotHere() {
        gateway.knows("ghost", FakeAccess.plugin("ghost"));

        assertThat(gateway.send(get(PRODUCTS).as("ghost")).code()).isEqualTo("DEPENDENCY_NOT_DECLARED");
    }

    @Test
    void namesTheDeclaredEndpointsWhenAnotherIsAsked() {
        FakeExchange answer =
                gateway.send(get("/api/v1/s/inventory.products/internal").as("reports"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("ENDPOINT_NOT_FOUND");
        assertThat(answer.text())
                .contains("\"alternatives\":[\"GET /products\",\"POST /products\",\"GET /products/{id}\"]");
    }

    @Test
    void tellsThePluginWhichMethodsAPathTakes() {
        FakeExchange answer = gateway.send(FakeExchange.of("OPTIONS", PRODUCTS).as("reports"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
        assertThat(gateway.send(FakeExchange.of("OPTIONS", PRODUCTS).as("alice"))
                        .status())
                .isEqualTo(403);
        assertThat(gateway.send(FakeExchange.of("OPTIONS", "/api/v1/s/inventory.products/nowhere")
                                .as("reports"))
                        .code())
                .isEqualTo("ENDPOINT_NOT_FOUND");
    }

    @Test
    void namesTheVersionsThatAreOfferedWhenNoneFits() {
        gateway.put(plugin("inventory")
                .version("2.0.0")
                .endpoint("GET", "/products")
                .offers("inventory.products", "2.0.0")
                .route("GET", "/products", request -> Response.text("v2")));

        FakeExchange answer = gateway.send(get(PRODUCTS).as("reports"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("SERVICE_NOT_FOUND");
        assertThat(answer.detail())
                .isEqualTo(
                        "Service not found: inventory.products (^1.0.0) for tenant 'acme'. Offered versions: 2.0.0.");
    }

    @Test
    void saysSinceWhenTheProviderIsGone() {
        gateway.put(inventory().in(PluginState.DRAINING, "It goes."));

        FakeExchange answer = gateway.send(get(PRODUCTS).as("reports"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(answer.detail())
                .isEqualTo("Service unavailable: inventory.products: plugin 'inventory' is DRAINING since 12:00:03Z."
                        + " Last seen 4 s ago.");
        assertThat(answer.field("Retry-After")).isEqualTo("1");
    }

    @Test
    void namesThePluginToDeployWhenNobodyOffersTheService() {
        gateway.remove("inventory");

        assertThat(gateway.send(get(PRODUCTS).as("reports")).detail())
                .isEqualTo("Service not found: inventory.products (^1.0.0) for tenant 'acme'. No plugin offers it."
                        + " Deploy plugin 'inventory'.");
    }

    @Test
    void runsTheHandlerAsACallOfThePlugin() {
        gateway.put(plugin("inventory")
                .endpoint("GET", "/who")
                .offers("inventory.products", "1.1.0")
                .route(
                        "GET",
                        "/who",
                        request -> Response.text(request.context().caller().orElse("nobody") + " "
                                + request.context().hop() + " " + request.path())));

        assertThat(gateway.send(get("/api/v1/s/inventory.products/who").as("reports"))
                        .text())
                .isEqualTo("reports 1 /who");
        assertThat(gateway.send(get("/api/v1/p/inventory/who").as("alice").with("X-Mortise-Hop", "3"))
                        .text())
                .isEqualTo("nobody 0 /who");
    }

    @Test
    void endsAChainThatHasTooManyHops() {
        FakeExchange last = gateway.send(get(PRODUCTS).as("reports").with("X-Mortise-Hop", "7"));
        FakeExchange more = gateway.send(get(PRODUCTS).as("reports").with("X-Mortise-Hop", "8"));

        assertThat(last.status()).isEqualTo(200);
        assertThat(more.status()).isEqualTo(508);
        assertThat(more.code()).isEqualTo("LOOP_DETECTED");
    }

    @Test
    void seesACircleThatAPluginClosesAsAClientDoes() {
        gateway.knows(
                "far",
                new Identity(
                        PrincipalKind.SERVICE,
                        "plugin:reports",
                        Optional.of(new TenantId("acme")),
                        false,
                        Optional.of("reports"),
                        Set.of("inventory.read")));
        String path = "/api/v1/p/inventory/products";

        assertThat(gateway.send(get(path).as("far").with("X-Mortise-Hop", "7")).status())
                .isEqualTo(200);
        assertThat(gateway.send(get(path).as("far").with("X-Mortise-Hop", "8")).code())
                .isEqualTo("LOOP_DETECTED");
        assertThat(gateway.send(get(path).as("far").with("X-Mortise-Deadline-Ms", "0"))
                        .detail())
                .isEqualTo("The caller has no time left.");
        assertThat(gateway.send(get(path).as("alice").with("X-Mortise-Hop", "8"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void letsTheTimeOfTheCallerTravelOn() {
        gateway.put(plugin("inventory")
                .endpoint("GET", "/time")
                .offers("inventory.products", "1.1.0")
                .route("GET", "/time", request -> {
                    boolean less = request.context().remaining().toMillis() <= TimeUnit.SECONDS.toMillis(2);
                    return Response.text(less ? "less" : "more");
                }));
        String path = "/api/v1/s/inventory.products/time";

        assertThat(gateway.send(get(path).as("reports").with("X-Mortise-Deadline-Ms", "2000"))
                        .text())
                .isEqualTo("less");
        assertThat(gateway.send(get(path).as("reports").with("X-Mortise-Deadline-Ms", "600000"))
                        .text())
                .isEqualTo("more");
    }

    @Test
    void saysWhoseTimeIsOver() {
        gateway.put(plugin("inventory")
                .endpoint("GET", "/time")
                .offers("inventory.products", "1.1.0")
                .route("GET", "/time", request -> {
                    Thread.sleep(20_000);
                    return Response.status(204);
                }));
        String path = "/api/v1/s/inventory.products/time";

        FakeExchange none = gateway.send(get(path).as("reports").with("X-Mortise-Deadline-Ms", "0"));
        FakeExchange little = gateway.send(get(path).as("reports").with("X-Mortise-Deadline-Ms", "40"));

        assertThat(none.code()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(none.detail()).isEqualTo("The caller has no time left.");
        assertThat(little.detail())
                .isEqualTo("GET " + path + " was not answered within the 40 ms that its caller had left.");
    }
}
