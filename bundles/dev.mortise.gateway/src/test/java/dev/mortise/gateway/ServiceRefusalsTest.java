// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.auth.Action;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.PluginState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ServiceRefusalsTest {
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(inventory(), reports);
    private final ServiceClient client = gateway.client(reports);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void refusesAServiceThatThePluginDoesNotDeclare() {
        ServiceException thrown = refused(() -> client.service("crm.contacts").get("/contacts"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.DEPENDENCY_NOT_DECLARED);
        assertThat(thrown.status()).isEqualTo(403);
        assertThat(thrown.getMessage()).contains("'reports'").contains("'crm.contacts'");
        assertThat(client.service("crm.contacts").available()).isFalse();
    }

    @Test
    void refusesAnEndpointThatIsNotDeclaredEvenWhenThereIsARoute() {
        ServiceException thrown =
                refused(() -> client.service("inventory.products").get("/internal"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.ENDPOINT_NOT_FOUND);
        assertThat(thrown.members())
                .isEqualTo(Map.of("alternatives", List.of("GET /products", "POST /products", "GET /products/{id}")));
    }

    @Test
    void refusesAnAmbiguousPath() {
        ServiceException thrown =
                refused(() -> client.service("inventory.products").get("/products/../internal"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.BAD_PATH);
    }

    @Test
    void saysThatNoOfferedVersionFits() {
        gateway.put(plugin("inventory").endpoint("GET", "/products").offers("inventory.products", "2.0.0"));

        assertThat(refused(() -> client.service("inventory.products").get("/products")))
                .hasMessage(
                        "Service not found: inventory.products (^1.0.0) for tenant 'acme'. Offered versions: 2.0.0.");
        assertThat(client.service("inventory.products").available()).isFalse();
    }

    @Test
    void saysThatTheProviderDoesNotServeNow() {
        gateway.put(inventory().in(PluginState.DRAINING, ""));

        ServiceException thrown =
                refused(() -> client.service("inventory.products").get("/products"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(thrown)
                .hasMessage("Service unavailable: inventory.products: plugin 'inventory' is DRAINING since 12:00:03Z."
                        + " Last seen 4 s ago.");
    }

    @Test
    void saysThatTheProviderNeverServed() {
        gateway.remove("inventory").put(inventory().in(PluginState.STARTING, ""));

        assertThat(refused(() -> client.service("inventory.products").get("/products")))
                .hasMessageEndingWith("is STARTING since 12:00:03Z. It was not seen yet.");
    }

    @Test
    void doesNotCallAnotherPluginThatTookTheName() {
        gateway.remove("inventory")
                .put(plugin("squatter")
                        .endpoint("GET", "/products")
                        .offers("inventory.products", "1.0.0")
                        .route("GET", "/products", request -> Response.text("squatted")));

        assertThat(refused(() -> client.service("inventory.products").get("/products"))
                        .code())
                .isEqualTo(ErrorCode.SERVICE_NOT_FOUND);
    }

    @Test
    void needsThePermissionsOfTheUserOnWhoseBehalfItCalls() throws Exception {
        ServiceException thrown =
                refused(() -> client.service("inventory.products").post("/products", Body.empty()));

        assertThat(thrown.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(gateway.access.actions)
                .containsExactly(new Action(
                        "POST",
                        "/products",
                        Optional.of("inventory"),
                        Optional.of(new TenantId("acme")),
                        Set.of("inventory.write")));
    }

    @Test
    void refusesToCallWithoutAContextNamingTheWaysToOne() {
        assertThatThrownBy(() -> client.service("inventory.products").get("/products"))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CONTEXT))
                .hasMessageContainingAll("'reports'", "'inventory.products'", "CallContext.wrap", "Tenants.run");
    }

    @Test
    void refusesToCallInAContextWithoutTenant() {
        Call initializing = Call.withoutTenant("reports", "request-1", Duration.ofSeconds(5));

        assertThatThrownBy(() -> BoundContext.call(
                        initializing, () -> client.service("inventory.products").get("/products")))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_CONTEXT))
                .hasMessageContaining("without tenant");
    }

    @Test
    void refusesACallWhoseTimeIsOver() {
        Call alice = TestGateway.call(FakeAccess.ALICE);
        Call over = new Call(
                alice.tenant(),
                alice.identity(),
                alice.caller(),
                alice.requestId(),
                alice.traceparent(),
                System.nanoTime() - 1,
                0);

        assertThatThrownBy(() -> BoundContext.call(
                        over, () -> client.service("inventory.products").get("/products")))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    void endsALateCallToAnEndpointThatDeclaresLessTime() {
        gateway.put(plugin("inventory")
                .within("GET", "/products", Duration.ofMillis(30))
                .offers("inventory.products", "1.0.0")
                .route("GET", "/products", request -> {
                    Thread.sleep(Duration.ofMinutes(1).toMillis());
                    return Response.text("late");
                }));

        ServiceException thrown =
                refused(() -> client.service("inventory.products").get("/products"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void detectsPluginsThatCallOneAnotherInACircle() {
        TestPlugin a = plugin("circle-a").needs("circle-b", "b.things", "^1.0.0");
        TestPlugin b = plugin("circle-b").needs("circle-a", "a.things", "^1.0.0");
        ServiceClient ofA = gateway.client(a);
        ServiceClient ofB = gateway.client(b);
        a.endpoint("GET", "/x").offers("a.things", "1.0.0").route("GET", "/x", request -> passed(ofA, "b.things"));
        b.endpoint("GET", "/x").offers("b.things", "1.0.0").route("GET", "/x", request -> passed(ofB, "a.things"));
        gateway.put(a, b);

        ServiceException thrown = refused(() -> ofA.service("b.things").get("/x"));

        assertThat(thrown.code()).isEqualTo(ErrorCode.LOOP_DETECTED);
        assertThat(thrown.status()).isEqualTo(508);
    }

    private static Response passed(ServiceClient via, String service) {
        return Response.of(200, "text/plain", via.service(service).get("/x").body());
    }

    private static ServiceException refused(Callable<?> task) {
        return catchThrowableOfType(
                ServiceException.class,
                () -> BoundContext.call(
                        TestGateway.call(Identity.user("alice", new TenantId("acme"), Set.of("inventory.read"))),
                        task));
    }
}
