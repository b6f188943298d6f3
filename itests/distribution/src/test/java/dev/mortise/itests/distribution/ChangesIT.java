// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replacing and deleting jars of plugins that others need. */
final class ChangesIT {
    private static final int UPDATES = Integer.getInteger("test.updates", 20);
    private static final Product PRODUCT = Product.find();
    private static final String PRODUCTS = "/api/v1/p/inventory/products";
    private static final String GENERATE = "/api/v1/p/reports/reports/generate";

    @AutoClose
    private static Container container;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        container = Container.start(PRODUCT, home.resolve("home")).awaitReady();
    }

    private final Client client = container.client();

    @BeforeEach
    void deploy() throws Exception {
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.drop(PRODUCT.example("reports"), "reports.jar");
        container.awaitState("reports", "READY");
        client.post(PRODUCTS, "{\"name\":\"Saw\",\"sku\":\"saw\",\"price\":2,\"quantity\":3}");
    }

    @AfterEach
    void clear() throws Exception {
        Leftovers.clear(container);
    }

    @Test
    void updatesKeepDataAndNobodyNoticesThem() throws Exception {
        try (Callers callers = Callers.of(() -> client.get(PRODUCTS), () -> client.post(GENERATE, "{}"))) {
            for (int update = 1; update <= UPDATES; update++) {
                String version = "1." + update + ".0";
                Path next = folder.resolve(version + ".jar");
                Reissue.of(PRODUCT.example("inventory"), next, json -> json.put("version", version));
                container.drop(next, "inventory.jar");
                Wait.until("it is READY", () -> state("inventory").equals(version + " READY"));
            }
            Wait.until("reports is READY", () -> state("reports").equals("1.0.0 READY"));
            callers.awaitSuccess();

            assertThat(callers.statuses()).containsExactly(200);
        }
        assertThat(client.get(PRODUCTS).json().path("total").asInt()).isEqualTo(1);
        assertThat(Markers.of(container).firstLine("inventory.jar.deployed"))
                .startsWith("inventory 1." + UPDATES + ".0 ");
    }

    @Test
    void sameVersionWithOtherBytesIsRefusedAndTheOldOneServes() throws Exception {
        Path other = Reissue.of(
                PRODUCT.example("inventory"), folder.resolve("other.jar"), json -> json.put("description", "Other."));

        container.drop(other, "inventory.jar");

        assertThat(Markers.of(container).firstLine("inventory.jar.failed"))
                .matches("inventory 1\\.0\\.0 is already here with other content \\(sha256 [0-9a-f]+…?\\)\\."
                        + " Raise the version\\.");
        assertThat(client.get(PRODUCTS).status()).isEqualTo(200);
    }

    @Test
    void aDeletedProviderMakesItsDependentsWaitWithAReason() throws Exception {
        String reason = "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports':"
                + " no plugin offers it. Deploy plugin 'inventory'.";

        try (Callers callers = Callers.of(() -> client.post(GENERATE, "{}"))) {
            Files.delete(container.home().resolve("plugins/inventory.jar"));
            container.awaitState("reports", "WAITING");

            Answer answer = client.post(GENERATE, "{}");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("PLUGIN_NOT_READY");
            assertThat(answer.json().path("detail").asText()).contains(reason);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            Wait.until("the provider is gone", () -> client.get(PRODUCTS).status() == 404);
            assertThat(callers.statuses()).isSubsetOf(200, 503);
            assertThat(callers.unexplained()).isEmpty();
        }
        assertThat(Markers.of(container).firstLine("reports.jar.waiting")).isEqualTo(reason);

        container.drop(PRODUCT.example("inventory"), "inventory.jar");

        container.awaitState("reports", "READY");
        assertThat(client.post(GENERATE, "{}").json().path("totalProducts").asInt())
                .isEqualTo(1);
    }

    @Test
    void aVersionThatNobodyCanUseIsExplained() throws Exception {
        Path next = Reissue.of(PRODUCT.example("reports"), folder.resolve("next.jar"), json -> {
            ObjectNode dependency = (ObjectNode) json.at("/api/dependencies/1");
            json.put("version", "1.1.0");
            dependency.put("version", "^7.0.0").put("required", true);
        });
        container.drop(PRODUCT.example("crm"), "crm.jar");
        container.awaitState("crm", "READY");

        container.drop(next, "reports.jar");

        assertThat(Markers.of(container).firstLine("reports.jar.waiting"))
                .isEqualTo("Version mismatch for crm.contacts: requires ^7.0.0, installed 1.0.0."
                        + " Deploy crm.contacts 7.x or relax the range in plugin 'reports'.");
    }

    private String state(String plugin) {
        var json = container.admin().get("/api/v1/plugins/" + plugin).json();
        return json.path("version").asText() + " " + json.path("state").asText();
    }
}
