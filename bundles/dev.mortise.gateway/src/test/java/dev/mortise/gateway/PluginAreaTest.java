// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.auth.Action;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.PluginState;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginAreaTest {
    private final TestGateway gateway = TestGateway.open(inventory());

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void carriesARequestToTheRouteWithItsParameters() {
        FakeExchange answer =
                gateway.send(get("/api/v1/p/inventory/products/caf%C3%A9").as("alice"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("café");
    }

    @Test
    void showsTheHandlerThePathBelowTheMountAndTheQuery() {
        gateway.put(plugin("echo")
                .route("GET", "/a/{b}", request -> Response.text(request.path() + " " + request.query()))
                .route("GET", "/", request -> Response.text(request.path())));

        assertThat(gateway.send(get("/api/v1/p/echo/a/b%20c?x=1&x=%32&y").as("alice"))
                        .text())
                .isEqualTo("/a/b c {x=[1, 2], y=[]}");
        assertThat(gateway.send(get("/api/v1/p/echo").as("alice")).text()).isEqualTo("/");
    }

    @Test
    void refusesAQueryThatCanNotBeRead() {
        gateway.put(plugin("echo")
                .route("GET", "/a", request -> Response.text(request.query().toString())));

        FakeExchange answer = gateway.send(get("/api/v1/p/echo/a?x=%zz").as("alice"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void asksForThePermissionsOfTheDeclaredEndpoint() {
        gateway.send(get("/api/v1/p/inventory/products").as("alice"));

        assertThat(gateway.access.actions)
                .containsExactly(new Action(
                        "GET",
                        "/api/v1/p/inventory/products",
                        Optional.of("inventory"),
                        Optional.of(new TenantId("acme")),
                        Set.of("inventory.read")));
    }

    @Test
    void asksWhetherAnUndeclaredRouteMayBeCalledToo() {
        assertThat(gateway.send(get("/api/v1/p/inventory/internal").as("alice")).status())
                .isEqualTo(200);
        assertThat(gateway.access.actions.get(0).permissions()).isEmpty();
    }

    @Test
    void answersHeadByGet() {
        FakeExchange answer = gateway.send(
                FakeExchange.of("HEAD", "/api/v1/p/inventory/products").as("alice"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(gateway.access.actions.get(0).permissions()).containsExactly("inventory.read");
    }

    @Test
    void answersOptionsWithTheMethodsThatThePathTakes() {
        FakeExchange answer = gateway.send(
                FakeExchange.of("OPTIONS", "/api/v1/p/inventory/products").as("alice"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
    }

    @Test
    void refusesOtherMethodsAndNamesThoseThatItTakes() {
        FakeExchange answer = gateway.send(
                FakeExchange.of("DELETE", "/api/v1/p/inventory/products").as("alice"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT"})
    void refusesMethodsThatAreNoRequests(String method) {
        FakeExchange answer = gateway.send(
                FakeExchange.of(method, "/api/v1/p/inventory/products").as("alice"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.field("Allow")).contains("GET");
        assertThat(gateway.access.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "TLS/1.2", "h2c, websocket"})
    void refusesToSwitchProtocols(String protocol) {
        FakeExchange answer =
                gateway.send(get("/api/v1/p/inventory/products").as("alice").with("Upgrade", protocol));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void answersAClientThatOnlyOffersHttp2() {
        assertThat(gateway.send(get("/api/v1/p/inventory/products").as("alice").with("Upgrade", "h2c"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void servesADegradedPlugin() {
        gateway.put(inventory().in(PluginState.DEGRADED, "Slow."));

        assertThat(gateway.send(get("/api/v1/p/inventory/products").as("alice")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/services/list", "/api/services", "/api/shared-data/get", "/api/shared-data/a/b"})
    void tellsWhereOlderPathsAreNow(String path) {
        FakeExchange answer = gateway.send(get(path).as("alice"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("ROUTE_NOT_FOUND");
        assertThat(answer.detail())
                .isEqualTo("'%s' has moved to '%s'.".formatted(path, path.replace("/api/", "/api/v1/")));
    }

    @Test
    void doesNotTakeALookAlikeForAnOlderPath() {
        assertThat(gateway.send(get("/api/servicesx").as("alice")).detail()).doesNotContain("moved");
    }
}
