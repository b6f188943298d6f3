// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.RefusedExchange;
import dev.mortise.testkit.port.MemoryMeters;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MetersTest {
    private static final String CALLS = "mortise.calls";
    private static final String REFUSALS = "mortise.refusals";

    private final MemoryMeters meters = new MemoryMeters();
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(inventory(), reports);

    @BeforeEach
    void measure() {
        gateway.neighbours.bindMeters(meters);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void countsCallsOfClientsByRouteAndNeverByPath() {
        gateway.send(get("/api/v1/p/inventory/products/17").as("alice"));
        gateway.send(get("/api/v1/p/inventory/products/18").as("alice"));
        gateway.send(get("/api/v1/p/inventory/products").as("alice"));

        assertThat(meters.of(CALLS))
                .isEqualTo(Map.of(
                        calls("client", "GET", "inventory", "/products/{product}", "inventory.products", "2xx"), 2L,
                        calls("client", "GET", "inventory", "/products", "inventory.products", "2xx"), 1L));
    }

    @Test
    void countsCallsOfPluginsWithTheirService() throws Exception {
        gateway.ask(reports, "inventory.products", "/products/17");

        assertThat(meters.of(CALLS))
                .isEqualTo(Map.of(
                        calls("plugin", "GET", "inventory", "/products/{product}", "inventory.products", "2xx"), 1L));
    }

    @Test
    void countsCallsOfPluginsOverHttpAsWell() {
        gateway.send(get("/api/v1/s/inventory.products/products/17").as("reports"));

        assertThat(meters.of(CALLS))
                .containsOnlyKeys(
                        calls("plugin", "GET", "inventory", "/products/{product}", "inventory.products", "2xx"));
    }

    @Test
    void countsUnknownPathsUnderOneName() {
        gateway.send(get("/api/v1/p/inventory/a").as("alice"));
        gateway.send(get("/api/v1/p/inventory/b").as("alice"));
        gateway.send(get("/api/v1/p/c/d").as("alice"));
        gateway.send(get("/e").as("admin"));
        gateway.send(FakeExchange.of("PURGE", "/f").as("admin"));

        assertThat(meters.of(CALLS))
                .isEqualTo(Map.of(
                        calls("client", "-", "inventory", "-", "-", "4xx"), 2L,
                        calls("client", "-", "-", "-", "-", "4xx"), 3L));
    }

    @Test
    void countsRefusalsByCodeAndPlugin() {
        gateway.send(get("/api/v1/p/inventory/products"));
        gateway.send(get("/api/v1/p/inventory/nothing").as("alice"));
        gateway.send(get("/api/v1/p/nobody/products").as("alice"));
        gateway.send(get("/a/../b"));

        assertThat(meters.of(REFUSALS))
                .isEqualTo(Map.of(
                        refusals("UNAUTHENTICATED", "inventory"), 1L,
                        refusals("ROUTE_NOT_FOUND", "inventory"), 1L,
                        refusals("PLUGIN_NOT_FOUND", "-"), 1L,
                        refusals("BAD_PATH", "-"), 1L));
    }

    @Test
    void countsWhatTheListenerRefused() {
        gateway.refused(new RefusedExchange("r1", Optional.empty(), "127.0.0.1", ErrorCode.HEADERS_TOO_LARGE, 431));
        gateway.refused(new RefusedExchange("r2", Optional.empty(), "127.0.0.1", ErrorCode.INTERNAL, 500));

        assertThat(meters.of(REFUSALS)).isEqualTo(Map.of(refusals("HEADERS_TOO_LARGE", "-"), 1L));
        assertThat(meters.of(CALLS)).isEmpty();
    }

    @Test
    void countsRefusedCallsOfPlugins() {
        assertThatThrownBy(() -> gateway.ask(reports, "inventory.products", "/nothing"))
                .isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> gateway.ask(reports, "crm.contacts", "/x")).isInstanceOf(ServiceException.class);

        assertThat(meters.of(REFUSALS))
                .isEqualTo(Map.of(
                        refusals("ENDPOINT_NOT_FOUND", "inventory"), 1L,
                        refusals("DEPENDENCY_NOT_DECLARED", "-"), 1L));
    }

    @Test
    void countsAFaultAsACallAndNotAsARefusal() {
        gateway.put(plugin("broken").route("GET", "/", request -> {
            throw new IllegalStateException("for the test");
        }));
        gateway.send(get("/api/v1/p/broken").as("alice"));

        assertThat(meters.of(CALLS)).containsOnlyKeys(calls("client", "GET", "broken", "/", "-", "5xx"));
        assertThat(meters.of(REFUSALS)).isEmpty();
    }

    @Test
    void countsALateCallOnceAndAsRefused() {
        gateway.put(plugin("slow")
                .within("GET", "/", Duration.ofMillis(50))
                .offers("slow.things", "1.0.0")
                .route("GET", "/", request -> {
                    Thread.sleep(10_000);
                    return Response.status(204);
                }));
        gateway.send(get("/api/v1/p/slow").as("alice"));

        // The timer counts after it has answered.
        await().until(() -> !meters.of(REFUSALS).isEmpty());
        assertThat(meters.of(CALLS)).isEqualTo(Map.of(calls("client", "GET", "slow", "/", "slow.things", "5xx"), 1L));
        assertThat(meters.of(REFUSALS)).containsOnlyKeys(refusals("DEADLINE_EXCEEDED", "slow"));
    }

    @Test
    void countsHealthAsTheCores() {
        gateway.send(get("/health/live"));

        assertThat(meters.of(CALLS)).containsOnlyKeys(calls("client", "GET", "core", "/health/live", "-", "2xx"));
    }

    @Test
    void forgetsAPluginWithItsLastCall() throws Exception {
        HeldCalls held = new HeldCalls(gateway, "1.0.0");
        gateway.put(held.plugin);
        gateway.send(get("/api/v1/p/held/nothing").as("alice"));
        held.call();

        assertThat(meters.all()).containsEntry("mortise.calls.in.flight{plugin=held}", 1L);
        gateway.remove("held");
        assertThat(meters.all()).containsEntry("mortise.calls.in.flight{plugin=held}", 1L);

        held.release();
        assertThat(meters.all().keySet()).noneMatch(series -> series.contains("plugin=held"));
    }

    @Test
    void showsAPluginNoneOfWhoseCallsHasEnded() throws Exception {
        HeldCalls held = new HeldCalls(gateway, "1.0.0");
        gateway.put(held.plugin);
        held.call();

        assertThat(meters.all())
                .containsEntry("mortise.calls.in.flight{plugin=held}", 1L)
                .containsKey("mortise.rejections{guard=breaker, plugin=held}");
        held.release();
    }

    @Test
    void forgetsAPluginThatNeverServed() {
        gateway.put(plugin("waits").in(PluginState.WAITING, "for the test"));
        gateway.send(get("/api/v1/p/waits/things").as("alice"));
        assertThat(meters.of(REFUSALS)).containsOnlyKeys(refusals("PLUGIN_NOT_READY", "waits"));

        gateway.remove("waits");

        assertThat(meters.all().keySet()).noneMatch(series -> series.contains("plugin=waits"));
    }

    @Test
    void countsOnWhileTheSameCodeServes() {
        TestPlugin plugin = inventory();
        gateway.put(plugin);
        gateway.send(get("/api/v1/p/inventory/products").as("alice"));
        gateway.put(plugin.in(PluginState.DEGRADED, "for the test"));
        gateway.send(get("/api/v1/p/inventory/products").as("alice"));

        assertThat(meters.of(CALLS))
                .isEqualTo(Map.of(calls("client", "GET", "inventory", "/products", "inventory.products", "2xx"), 2L));
    }

    @Test
    void goesOnWithoutMetersAndWithOthers() {
        gateway.send(get("/api/v1/p/inventory/products").as("alice"));
        gateway.neighbours.unbindMeters(meters);
        assertThat(gateway.send(get("/api/v1/p/inventory/products").as("alice")).status())
                .isEqualTo(200);

        MemoryMeters others = new MemoryMeters();
        gateway.neighbours.bindMeters(others);
        gateway.send(get("/api/v1/p/inventory/products").as("alice"));

        assertThat(others.of(CALLS).values()).containsExactly(1L);
        assertThat(others.of("mortise.calls.in.flight")).containsOnlyKeys("mortise.calls.in.flight{plugin=inventory}");
        assertThat(Set.copyOf(meters.all().values())).isEmpty();
    }

    private static String calls(
            String kind, String method, String plugin, String route, String service, String status) {
        return CALLS
                + "{kind=%s, method=%s, plugin=%s, route=%s, service=%s, status=%s}"
                        .formatted(kind, method, plugin, route, service, status);
    }

    private static String refusals(String code, String plugin) {
        return REFUSALS + "{code=%s, plugin=%s}".formatted(code, plugin);
    }
}
