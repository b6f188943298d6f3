// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantPluginsTest {
    private static final String BY_CLIENT = "/api/v1/p/inventory/products/17";
    private static final String BY_PLUGIN = "/api/v1/s/inventory.products/products/17";
    private static final String STOPPED = "Plugin 'inventory' is stopped for tenant 'acme'.";

    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(inventory(), reports);
    private final OpenTenantPlugins installed = new OpenTenantPlugins();
    private final ServiceClient client = gateway.client(reports);

    TenantPluginsTest() {
        gateway.neighbours.bindTenantPlugins(installed);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void answersLikeAnUnknownPluginWhereItIsNotEnabled() {
        installed.stand("acme", "inventory", Standing.ABSENT);
        FakeExchange absent = gateway.send(get(BY_CLIENT).as("alice"));
        FakeExchange unknown = gateway.send(get("/api/v1/p/nothing/products/17").as("alice"));

        assertThat(absent.status()).isEqualTo(404).isEqualTo(unknown.status());
        assertThat(plain(absent)).isEqualTo(plain(unknown).replace("nothing", "inventory"));
        assertThat(gateway.send(get("/api/v1/p/inventory/nowhere").as("alice")).status())
                .isEqualTo(404);
        assertThat(installed.entered()).isEmpty();
    }

    @Test
    void tellsNoClientWhichPluginOfOthersAServiceBelongsTo() {
        assertThat(gateway.send(get(BY_PLUGIN).as("alice")).detail()).contains("'/api/v1/p/inventory/products/17'");
        installed.stand("acme", "inventory", Standing.ABSENT);

        FakeExchange absent = gateway.send(get(BY_PLUGIN).as("alice"));
        FakeExchange unknown = gateway.send(get("/api/v1/s/no.such/products/17").as("alice"));

        assertThat(absent.status()).isEqualTo(403).isEqualTo(unknown.status());
        assertThat(plain(absent)).isEqualTo(plain(unknown).replace("no.such", "inventory.products"));
    }

    private static String plain(FakeExchange exchange) {
        return exchange.text().replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    @Test
    void answersThatItIsNotReadyWhereItIsStopped() {
        installed.stand("acme", "inventory", new Standing.Closed(STOPPED));

        FakeExchange refused = gateway.send(get(BY_CLIENT).as("alice"));

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text()).contains("PLUGIN_NOT_READY").contains(STOPPED);
        assertThat(refused.detail()).isEqualTo(STOPPED);
    }

    @Test
    void letsThePluginStartForATenantBeforeItsCall() throws Exception {
        gateway.send(get(BY_CLIENT).as("alice"));
        gateway.send(get("/api/v1/p/inventory/nowhere").as("alice"));
        gateway.send(get(BY_PLUGIN).as("reports"));
        byReports(() -> client.service("inventory.products").get("/products/17"));

        assertThat(installed.entered()).containsExactly("acme/inventory", "acme/inventory", "acme/inventory");
    }

    @Test
    void pluginsDiscoverOnlyWhatTheTenantHas() throws Exception {
        assertThat(byReports(() -> client.service("inventory.products").available()))
                .isTrue();
        installed.stand("acme", "inventory", Standing.ABSENT);
        String sentence =
                "Service not found: inventory.products (^1.0.0) for tenant 'acme'. No plugin offers it. Deploy"
                        + " plugin 'inventory'.";

        assertThat(byReports(() -> client.service("inventory.products").available()))
                .isFalse();
        assertThatThrownBy(() ->
                        byReports(() -> client.service("inventory.products").get("/products/17")))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(sentence);
        FakeExchange refused = gateway.send(get(BY_PLUGIN).as("reports"));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains(sentence);
    }

    @Test
    void pluginsFindNoServiceThatIsStoppedForTheTenant() {
        installed.stand("acme", "inventory", new Standing.Closed(STOPPED));

        assertThatThrownBy(() ->
                        byReports(() -> client.service("inventory.products").get("/products/17")))
                .hasMessageContaining("Service unavailable: inventory.products: " + STOPPED);
        assertThat(gateway.send(get(BY_PLUGIN).as("reports")).status()).isEqualTo(503);
    }

    @Test
    void noCredentialOfAPluginIsHeardForATenantThatDoesNotHaveIt() {
        installed.stand("acme", "reports", Standing.ABSENT);

        assertThat(gateway.send(get("/api/v1/anything").as("reports")).status()).isEqualTo(403);
        assertThat(gateway.send(get("/api/v1/anything").as("alice")).status()).isEqualTo(404);
    }

    @Test
    void aPluginCallsForNobodyWhoDoesNotHaveIt() {
        installed.stand("acme", "reports", Standing.ABSENT);

        FakeExchange refused = gateway.send(get(BY_PLUGIN).as("reports"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text())
                .contains("Plugin 'reports' is not enabled for tenant 'acme'. An administrator can enable it.");
    }

    @Test
    void aPluginUsesNoPermissionThatWasTakenFromIt() {
        installed.withhold("acme", "reports", Set.of("inventory.read"));
        String sentence = "The permission 'inventory.read' was taken from plugin 'reports' for tenant 'acme'.";

        FakeExchange refused =
                gateway.send(get("/api/v1/s/inventory.products/products").as("reports"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains(sentence);
        assertThatThrownBy(() ->
                        byReports(() -> client.service("inventory.products").get("/products")))
                .hasMessageContaining(sentence);
    }

    private static <T> T byReports(Callable<T> task) throws Exception {
        return BoundContext.call(TestGateway.call(FakeAccess.plugin("reports")), task);
    }
}
