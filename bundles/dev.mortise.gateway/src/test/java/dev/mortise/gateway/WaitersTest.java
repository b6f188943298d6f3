// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceHealth;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances elsewhere that require what others offer. */
@Timeout(30)
class WaitersTest {
    private static final String A = "http://10.0.0.1:9000";
    private static final String B = "http://10.0.0.2:9000";

    private final TestPlugin stock = plugin("stock")
            .endpoint("GET", "/items")
            .offers("stock.items", "1.0.0")
            .needs("inventory", "inventory.products", "^1.0.0");
    private final TestPlugin desk = plugin("desk")
            .endpoint("GET", "/desk")
            .offers("desk.desks", "1.0.0")
            .needs("stock", "stock.items", "^1.0.0");
    private final TestPlugin client = plugin("client").mayUse("stock", "stock.items", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(client);

    @AfterEach
    void close() {
        gateway.close();
    }

    private Registered.Done register(TestPlugin plugin, String address) {
        gateway.remote.at(address, request -> Response.text("answered"));
        Registered registered = announce(plugin, address);
        assertThat(registered).isInstanceOf(Registered.Done.class);
        return (Registered.Done) registered;
    }

    private Registered announce(TestPlugin plugin, String address) {
        return gateway.registry.register(Announced.by(
                "token-1", plugin.manifest().id().value(), Optional.of(plugin.manifest()), address, false));
    }

    private String ask() throws Exception {
        return gateway.ask(client, "stock.items", "/items");
    }

    private String status(String service) {
        return gateway.services.list().stream()
                .filter(instance -> instance.serviceName().equals(service))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private void refused(String reason) {
        assertThat(status("stock.items")).isEqualTo("UNAVAILABLE");
        assertThatThrownBy(this::ask).hasMessageContaining(reason);
    }

    @Test
    void waitUntilItIsServed() throws Exception {
        Registered.Done there = register(stock, A);
        refused(
                "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'stock': no plugin offers it. Deploy"
                        + " plugin 'inventory'.");

        gateway.put(TestPlugin.inventory());
        assertThat(ask()).isEqualTo("answered");
        assertThat(status("stock.items")).isEqualTo("HEALTHY");

        gateway.put(TestPlugin.inventory().in(PluginState.WAITING, "It waits."));
        refused(
                "Required dependency 'inventory.products' (^1.0.0) of plugin 'stock' is not served: plugin 'inventory' is"
                        + " WAITING. It waits.");

        // what it says of itself meanwhile holds afterwards
        gateway.registry.setHealth(Announced.claim("stock", there), ServiceHealth.DEGRADED);
        refused("is not served");
        gateway.put(TestPlugin.inventory());
        assertThat(status("stock.items")).isEqualTo("DEGRADED");
    }

    @Test
    void areToldWhatIsWrongWithWhatIsOffered() {
        register(stock, A);

        gateway.put(plugin("inventory").endpoint("GET", "/products").offers("inventory.products", "2.0.0"));
        refused("Version mismatch for inventory.products: requires ^1.0.0, installed 2.0.0.");

        gateway.put(plugin("inventory"));
        refused("plugin 'inventory' 1.0.0 does not offer it");

        gateway.put(plugin("other").endpoint("GET", "/products").offers("inventory.products", "1.0.0"));
        refused("the service belongs to plugin 'other'");
    }

    @Test
    void waitForOneAnother() {
        register(desk, B);
        register(stock, A);
        assertThat(status("desk.desks")).isEqualTo("UNAVAILABLE");

        gateway.put(TestPlugin.inventory());

        assertThat(status("stock.items")).isEqualTo("HEALTHY");
        assertThat(status("desk.desks")).isEqualTo("HEALTHY");
    }

    @Test
    void areForgottenWhenTheyGo() {
        Registered.Done there = register(stock, A);
        gateway.registry.deregister(Announced.claim("stock", there));

        gateway.put(TestPlugin.inventory());

        assertThat(gateway.services.list())
                .noneMatch(instance -> instance.pluginId().equals("stock"));
    }

    @Test
    void needNotWaitForWhatTheyOnlyWant() throws Exception {
        gateway.put(TestPlugin.inventory());

        register(stock.mayUse("crm", "crm.contacts", "^1.0.0"), A);

        assertThat(ask()).isEqualTo("answered");
    }

    @Test
    void areRefusedWhereTheyWouldWaitForThemselves() {
        TestPlugin inventory = plugin("inventory")
                .endpoint("GET", "/products")
                .offers("inventory.products", "1.0.0")
                .needs("desk", "desk.desks", "^1.0.0");
        register(stock, A);
        register(desk, B);

        assertThat(announce(inventory, "http://10.0.0.3:9000")).isInstanceOfSatisfying(Registered.Not.class, not -> {
            assertThat(not.refused().code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(not.refused().detail())
                    .startsWith("Circular dependency detected: desk -> stock -> inventory -> desk. Make one of");
        });
        assertThat(gateway.services.list())
                .noneMatch(instance -> instance.serviceName().equals("inventory.products"));

        // whoever serves the same without waiting opens the circle
        register(TestPlugin.inventory(), "http://10.0.0.4:9000");
        register(inventory, "http://10.0.0.3:9000");
        assertThat(status("stock.items")).isEqualTo("HEALTHY");
    }
}
