// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One plugin that asks two others, through the gateway. */
final class ReportsIT {
    private static final Product PRODUCT = Product.find();
    private static final String GENERATE = "/api/v1/p/reports/reports/generate";
    /** More than reports asks for at once. */
    private static final int PRODUCTS = 503;

    @AutoClose
    private static Container container;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        container.drop(PRODUCT.example("reports"), "reports.jar");
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.awaitState("reports", "READY");
    }

    @Test
    void theReportCountsEverythingAndListsCustomersOnlyWithCrm() throws Exception {
        Client client = container.client();
        for (int i = 0; i < PRODUCTS; i++) {
            int quantity = i < 4 ? 0 : i < 9 ? 9 : 10;
            assertThat(client.post("/api/v1/p/inventory/products", product(i, quantity))
                            .status())
                    .isEqualTo(201);
        }

        JsonNode report = generate(client);
        assertThat(report.path("totalProducts").asInt()).isEqualTo(PRODUCTS);
        assertThat(report.path("totalValue").decimalValue())
                .isEqualByComparingTo("" + (5 * 9 * 0.5 + (PRODUCTS - 9) * 10 * 0.5));
        assertThat(report.path("lowStock")).hasSize(9);
        assertThat(report.path("outOfStock")).hasSize(4);
        assertThat(Instant.parse(report.path("generatedAt").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(report.has("customers")).isFalse();

        container.drop(PRODUCT.example("crm"), "crm.jar");
        container.awaitState("crm", "READY");
        assertThat(client.post("/api/v1/p/crm/contacts", "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}")
                        .status())
                .isEqualTo(201);
        Wait.until("customers in the report", () -> generate(client).has("customers"));
        assertThat(generate(client).path("customers").findValuesAsText("name")).containsExactly("Ada");

        Files.delete(container.home().resolve("plugins/crm.jar"));
        Wait.until("no customers in the report", () -> !generate(client).has("customers"));
        container.awaitState("reports", "READY");
    }

    @Test
    void aUserNeedsThePermissionsOfWhatIsCalledOnHisBehalf() {
        container.awaitState("worker-token", "READY");
        Map<String, Integer> expected = new TreeMap<>(Map.of(
                "[\"plugin.reports.generate\"]", 403,
                "[\"plugin.inventory.products.read\"]", 403,
                "[\"plugin.reports.generate\",\"plugin.inventory.products.read\"]", 200));

        expected.forEach((permissions, status) -> {
            String token = container
                    .client()
                    .post("/api/v1/p/worker-token/tokens", "{\"name\":\"user\",\"permissions\":" + permissions + "}")
                    .json()
                    .path("token")
                    .asText();
            Answer answer = container.anonymous().token(token).post(GENERATE, "{}");
            assertThat(answer.status()).as(permissions + " " + answer.body()).isEqualTo(status);
        });
    }

    private static JsonNode generate(Client client) {
        Answer answer = client.post(GENERATE, "{}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String product(int number, int quantity) {
        return "{\"name\":\"P%d\",\"sku\":\"p-%d\",\"price\":0.5,\"quantity\":%d}".formatted(number, number, quantity);
    }
}
