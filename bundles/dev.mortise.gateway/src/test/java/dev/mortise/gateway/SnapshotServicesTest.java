// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static dev.mortise.gateway.TestPlugin.products;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.kernel.admin.Services.EndpointLine;
import dev.mortise.kernel.admin.Services.Instance;
import dev.mortise.kernel.admin.Services.RouteLine;
import dev.mortise.kernel.model.PluginState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotServicesTest {
    private final TestGateway gateway = TestGateway.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void listsEveryInstanceByName() {
        gateway.put(plugin("warehouse").endpoint("GET", "/stock").offers("warehouse.stock", "2.1.0"), inventory());

        List<Instance> list = gateway.services.list();

        assertThat(list).extracting(Instance::serviceName).containsExactly("inventory.products", "warehouse.stock");
        Instance products = list.get(0);
        assertThat(products.pluginId()).isEqualTo("inventory");
        assertThat(products.nodeId()).isEqualTo("node-1");
        assertThat(products.location()).isEqualTo("bundle");
        assertThat(products.path()).isEqualTo("/api/v1/s/inventory.products");
        assertThat(products.tenantId()).isEmpty();
        assertThat(products.metadata()).isEqualTo(Map.of("rateLimit", "1000000"));
        assertThat(products.endpoints())
                .contains(new EndpointLine("GET", "/products", List.of("inventory.read")))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"READY, HEALTHY", "DEGRADED, DEGRADED", "WAITING, UNAVAILABLE", "DRAINING, UNAVAILABLE"})
    void takesTheStatusFromTheStateOfThePlugin(PluginState state, String status) {
        gateway.put(inventory().in(state, "why"));

        assertThat(gateway.services.list().get(0).status()).isEqualTo(status);
    }

    @Test
    void keepsTheIdOfAnInstanceOverVersions() {
        gateway.put(inventory());
        String before = gateway.services.list().get(0).serviceId();

        gateway.put(inventory().version("1.1.0"));

        assertThat(gateway.services.list().get(0).serviceId()).isEqualTo(before);
    }

    @Test
    void listsVersionsSideBySideAsInstancesOfTheirOwn() {
        gateway.put(products("1.0.0"), products("2.0.0"));
        List<Instance> before = gateway.services.list();

        gateway.put(products("2.0.1"), products("1.0.1"));
        List<Instance> after = gateway.services.list();

        assertThat(after).extracting(Instance::version).containsExactly("2.0.1", "1.0.1");
        assertThat(after).extracting(Instance::pluginVersion).containsExactly("2.0.1", "1.0.1");
        assertThat(after).extracting(Instance::serviceId).doesNotHaveDuplicates();
        assertThat(after)
                .extracting(Instance::serviceId)
                .containsExactlyElementsOf(
                        before.stream().map(Instance::serviceId).toList());
    }

    @Test
    void listsTheRoutesThatClientsReach() {
        gateway.put(
                products("1.0.0").route("GET", "/old", request -> Response.status(204)),
                products("2.0.0").route("GET", "/new", request -> Response.status(204)));

        assertThat(gateway.services.routes())
                .extracting(RouteLine::path)
                .contains("/api/v1/p/inventory/new")
                .doesNotContain("/api/v1/p/inventory/old")
                .doesNotHaveDuplicates();
    }

    @Test
    void remembersWhenAnInstanceWasLastSeen() {
        gateway.put(inventory());
        assertThat(gateway.services.list().get(0).lastSeenAt()).isEqualTo(TestPlugin.SINCE.plusSeconds(4));

        gateway.put(inventory().in(PluginState.DRAINING, ""));

        assertThat(gateway.services.list().get(0).lastSeenAt()).isEqualTo(TestPlugin.SINCE);
    }

    @Test
    void discoversWhatFitsAndServesTheBestFirst() {
        gateway.put(
                offering("old", "1.0.0", PluginState.READY),
                offering("best", "1.4.0", PluginState.READY),
                offering("slow", "1.9.0", PluginState.DEGRADED),
                offering("gone", "1.9.9", PluginState.DRAINING),
                offering("next", "2.0.0", PluginState.READY));

        assertThat(gateway.services.discover("shared.things", Optional.of("^1.0.0")))
                .extracting(Instance::pluginId)
                .containsExactly("best", "old", "slow");
        assertThat(gateway.services.discover("shared.things", Optional.empty()))
                .extracting(Instance::pluginId)
                .containsExactly("next", "best", "old", "slow");
        assertThat(gateway.services.discover("no.such", Optional.empty())).isEmpty();
    }

    @Test
    void refusesARangeThatIsNone() {
        assertThatThrownBy(() -> gateway.services.discover("shared.things", Optional.of("newest")))
                .isInstanceOf(MortiseException.class)
                .hasMessageContaining("'newest' is no version range");
    }

    @Test
    void listsRoutesOfPluginsAndOfTheCoreByPath() {
        gateway.put(plugin("echo")
                .endpoint("POST", "/a/:b", "echo.write")
                .offers("echo.things", "1.0.0")
                .route("POST", "/a/{b}", request -> Response.status(204))
                .route("GET", "/", request -> Response.status(204)));
        gateway.core.bindProvider(
                () -> List.of(Route.get("/api/v1/plugins/{id}", request -> Response.status(204))), Map.of());

        assertThat(gateway.services.routes())
                .contains(
                        new RouteLine("GET", "/api/v1/p/echo", "echo", List.of()),
                        new RouteLine("POST", "/api/v1/p/echo/a/{b}", "echo", List.of("echo.write")),
                        new RouteLine("GET", "/api/v1/plugins/{id}", "core", List.of("mortise.admin")),
                        new RouteLine("GET", "/health", "core", List.of()))
                .isSortedAccordingTo(Comparator.comparing(RouteLine::path));
    }

    private static TestPlugin offering(String id, String version, PluginState state) {
        return plugin(id)
                .endpoint("GET", "/x")
                .offers("shared.things", version)
                .route("GET", "/x", request -> Response.status(204))
                .in(state, "");
    }
}
