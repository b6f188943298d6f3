// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderOfChecksTest {
    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/p/inventory/../admin",
                "/api/v1/p/inventory/%2e%2e/admin",
                "/api/v1/p/inventory//products",
                "/api/v1/p/inventory/a%2fb",
                "/api/v1/p/inventory/a;b=c",
                "/api/v1/p/inventory/%c0%ae",
                "/api/v1/p/inventory/",
                "*"
            })
    void refusesAnAmbiguousPathBeforeAskingWhoCalls(String path) {
        gateway.routing.open();

        FakeExchange answer = gateway.put(inventory()).send(get(path));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BAD_PATH");
        assertThat(gateway.access.requests).isEmpty();
    }

    @Test
    void answersStartingToEverybodyUntilTheGatewayIsOpened() {
        gateway.put(inventory());

        FakeExchange early = gateway.send(get("/api/v1/p/inventory/products").as("alice"));
        gateway.routing.open();
        FakeExchange late = gateway.send(get("/api/v1/p/inventory/products").as("alice"));

        assertThat(early.status()).isEqualTo(503);
        assertThat(early.code()).isEqualTo("STARTING");
        assertThat(early.field("Retry-After")).isEqualTo("1");
        assertThat(late.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/api/v1/plugins",
                "/api/v1/p/inventory/products",
                "/api/v1/p/inventory/nothing",
                "/api/v1/p/nobody/nothing",
                "/api/v1/p/waiting/nothing",
                "/api/v1/s/inventory.products/products",
                "/api/services/list"
            })
    void asksWhoCallsBeforeItTellsWhetherThePathIsKnown(String path) {
        gateway.routing.open();
        gateway.put(inventory(), plugin("waiting").in(PluginState.WAITING, "It waits."));

        FakeExchange answer = gateway.send(get(path));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.field("WWW-Authenticate")).isEqualTo("Bearer realm=\"mortise\"");
    }

    @Test
    void asksForTheTenantBeforeItTellsWhetherThePluginIsReady() {
        gateway.routing.open();
        gateway.put(plugin("waiting").in(PluginState.WAITING, "It waits."));

        FakeExchange answer = gateway.send(get("/api/v1/p/waiting/x").as("admin"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("TENANT_REQUIRED");
    }

    @Test
    void answersNotReadyWithTheSentenceForEveryPathBelowThePlugin() {
        gateway.routing.open();
        String sentence = "Missing required dependency 'crm.contacts' (^1.0.0) of plugin 'waiting'.";
        gateway.put(plugin("waiting").in(PluginState.WAITING, sentence));

        FakeExchange answer = gateway.send(get("/api/v1/p/waiting/whatever").as("alice"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("PLUGIN_NOT_READY");
        assertThat(answer.detail()).isEqualTo(sentence);
        assertThat(answer.field("Retry-After")).isEqualTo("1");
    }

    @Test
    void saysSinceWhenAPluginIsNotReadyWhenNobodySaidWhy() {
        gateway.routing.open();
        gateway.put(plugin("slow").in(PluginState.STARTING, ""));

        FakeExchange answer = gateway.send(get("/api/v1/p/slow/x").as("alice"));

        assertThat(answer.detail()).isEqualTo("Plugin 'slow' is STARTING since 12:00:03Z.");
    }

    @Test
    void tellsTheRouteBeforeItAsksForPermission() {
        gateway.routing.open();
        gateway.put(inventory());

        FakeExchange unknown = gateway.send(get("/api/v1/p/inventory/nothing").as("alice"));
        FakeExchange forbidden = gateway.send(
                FakeExchange.of("POST", "/api/v1/p/inventory/products").as("alice"));

        assertThat(unknown.code()).isEqualTo("ROUTE_NOT_FOUND");
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.code()).isEqualTo("PERMISSION_DENIED");
        assertThat(gateway.access.actions).hasSize(1);
    }

    @Test
    void saysThatThereIsNoSuchPlugin() {
        gateway.routing.open();

        FakeExchange answer = gateway.send(get("/api/v1/p/nobody/x").as("alice"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("PLUGIN_NOT_FOUND");
    }
}
