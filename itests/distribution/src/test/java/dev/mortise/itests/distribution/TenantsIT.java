// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants come, are suspended, and go with everything that is kept of them. */
final class TenantsIT {
    private static final Product PRODUCT = Product.find();
    private static final String TENANTS = "/api/v1/tenants";
    private static final String PRODUCTS = "/api/v1/p/inventory/products";
    private static final String SAW = "{\"name\":\"Saw\",\"sku\":\"%s\",\"price\":1,\"quantity\":1}";

    @AutoClose
    private static Container container;

    private static Client admin;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), Map.of("COLUMNS", ""), "--shell")
                .awaitReady();
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.awaitState("inventory", "READY");
        admin = container.admin();
    }

    private static void make(String slug) {
        Answer made = admin.post(TENANTS, "{\"slug\":\"" + slug + "\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(TENANTS + "/" + slug);
    }

    private static void keep(String tenant, int products) {
        for (int i = 0; i < products; i++) {
            assertThat(admin.tenant(tenant)
                            .post(PRODUCTS, SAW.formatted(tenant + i))
                            .status())
                    .isEqualTo(201);
        }
    }

    private static int kept(String tenant) {
        return admin.tenant(tenant).get(PRODUCTS).json().path("total").asInt();
    }

    @Test
    void aTenantIsServedFromTheMomentItIsMade() {
        make("new");

        keep("new", 1);
        assertThat(kept("new")).isEqualTo(1);
        assertThat(admin.post(TENANTS, "{\"slug\":\"new\"}").code()).isEqualTo("CONFLICT");
        assertThat(admin.get(TENANTS + "/new").json().path("state").asText()).isEqualTo("active");
        assertThat(admin.get(TENANTS + "/nobody").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void aSuspendedTenantIsRefusedAndLosesNothing() {
        make("late-payer");
        keep("late-payer", 2);

        assertThat(admin.post(TENANTS + "/late-payer/suspend", "").status()).isEqualTo(200);
        Answer refused = admin.tenant("late-payer").get(PRODUCTS);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("TENANT_SUSPENDED");

        assertThat(admin.post(TENANTS + "/late-payer/activate", "").status()).isEqualTo(200);
        assertThat(kept("late-payer")).isEqualTo(2);
    }

    @Test
    void aTenantGoesWithAllItsRowsAndNobodyElses() {
        make("going");
        make("staying");
        keep("going", 3);
        keep("staying", 2);

        Answer asked = admin.send("DELETE", TENANTS + "/going", "");
        assertThat(asked.status()).isEqualTo(409);
        assertThat(asked.json().path("detail").asText())
                .contains("3 rows of p_inventory.p_inventory__products")
                .contains("Confirm it with the slug 'going'.");
        assertThat(admin.send("DELETE", TENANTS + "/going?confirm=staying", "").status())
                .isEqualTo(409);
        assertThat(kept("going")).isEqualTo(3);

        assertThat(admin.send("DELETE", TENANTS + "/going?confirm=going", "").status())
                .isEqualTo(202);
        Wait.until("the tenant is gone", () -> admin.get(TENANTS + "/going").status() == 404);
        assertThat(kept("staying")).isEqualTo(2);

        make("going");
        assertThat(kept("going")).as("of another tenant of that name").isZero();
    }

    @Test
    void theTenantThatAlwaysExistsStays() {
        assertThat(admin.send("DELETE", TENANTS + "/default?confirm=default", "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theShellTakesTheSameOrders() throws Exception {
        PipedShell shell = new PipedShell(container);

        assertThat(shell.type("tenant add by-shell 'By shell'")).contains("Tenant 'by-shell' is active.");
        assertThat(shell.type("tenant suspend by-shell")).contains("Tenant 'by-shell' is suspended.");
        assertThat(shell.type("tenants")).containsPattern("by-shell +by-shell +By shell +suspended");
        assertThat(shell.type("tenant delete by-shell")).contains("Confirm it with the slug 'by-shell'.");
        assertThat(shell.type("tenant delete by-shell --confirm by-shell")).contains("Tenant 'by-shell' is deleting.");
    }
}
