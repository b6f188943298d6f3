// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.admin.Registry;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tenant learns of instances that serve another one. */
@Timeout(30)
class InstancesOfOthersTest {
    private static final String NOBODY =
            "Service not found: inventory.products (^1.0.0) for tenant 'acme'. No plugin offers it. Deploy plugin 'inventory'.";

    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(reports);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void isNothing() {
        register("http://10.0.0.1:9000", "1.0.0", "globex");
        register("http://10.0.0.2:9000", "2.0.0", "globex");

        assertThatThrownBy(() -> gateway.ask(reports, "inventory.products", "/products"))
                .hasMessage(NOBODY);
        FakeExchange far = gateway.send(
                get("/api/v1/s/inventory.products/products").as("reports").with("X-Tenant-Id", "acme"));
        assertThat(far.detail()).isEqualTo(NOBODY);
        assertThat(gateway.send(get("/api/v1/s/inventory.products/products").as("alice"))
                        .detail())
                .endsWith("Clients call '/api/v1/p/<plugin>/products'.");
    }

    @Test
    void isNotHowManyOfItsOwnThereAre() {
        register("http://10.0.0.1:9000", "2.0.0", "acme");
        register("http://10.0.0.2:9000", "2.0.0", "acme");
        register("http://10.0.0.3:9000", "3.0.0", "globex");

        assertThatThrownBy(() -> gateway.ask(reports, "inventory.products", "/products"))
                .hasMessageEndingWith("for tenant 'acme'. Offered versions: 2.0.0.");
    }

    private void register(String address, String version, String tenant) {
        gateway.remote.at(address, request -> Response.text("elsewhere"));
        TestPlugin provider = plugin("inventory").endpoint("GET", "/products").offers("inventory.products", version);
        assertThat(gateway.registry.register(new Registry.Registration(
                        "token-1",
                        "inventory",
                        Optional.of(provider.manifest()),
                        Optional.empty(),
                        Optional.empty(),
                        address,
                        Optional.of("far"),
                        false,
                        Optional.of(tenant))))
                .isInstanceOf(Registry.Registered.Done.class);
    }
}
