// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Greeting;
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

/** Plugins are there for some tenants and not for others. */
final class InstallationsIT {
    private static final Product PRODUCT = Product.find();
    private static final String GENERATE = "/api/v1/p/reports/reports/generate";
    private static final String PRODUCTS = "/api/v1/p/inventory/products";

    @TempDir
    private static Path folder;

    @AutoClose
    private static Container container;

    private static Client admin;

    @BeforeAll
    static void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        admin = container.admin();
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.drop(PRODUCT.example("reports"), "reports.jar");
        container.awaitState("reports", "READY");
    }

    /** Each test has tenants of its own. */
    private static String tenant(String slug) {
        assertThat(admin.post("/api/v1/tenants", "{\"slug\":\"" + slug + "\"}").status())
                .isEqualTo(201);
        return slug;
    }

    private static Answer order(String tenant, String plugin, String order) {
        return admin.post("/api/v1/tenants/" + tenant + "/plugins/" + plugin + "/" + order, "");
    }

    private static JsonNode installation(String tenant, String plugin) {
        return admin.get("/api/v1/tenants/" + tenant + "/plugins/" + plugin).json();
    }

    private static int generated(String tenant) {
        return admin.tenant(tenant).post(GENERATE, "").status();
    }

    @Test
    void whatIsDisabledAnswersLikeWhatIsUnknown() {
        String acme = tenant("seen");
        String beta = tenant("blind");
        Answer refused = order(acme, "inventory", "disable");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("detail").asText())
                .startsWith("Plugin 'inventory' is needed by 'reports' for tenant 'seen'.");

        assertThat(order(acme, "reports", "disable").status()).isEqualTo(200);
        assertThat(order(acme, "inventory", "disable").status()).isEqualTo(200);

        Answer absent = admin.tenant(acme).get(PRODUCTS);
        Answer unknown = admin.tenant(acme).get("/api/v1/p/nothing/products");
        assertThat(absent.status()).isEqualTo(404).isEqualTo(unknown.status());
        assertThat(plain(absent)).isEqualTo(plain(unknown).replace("nothing", "inventory"));
        assertThat(admin.tenant(beta).get(PRODUCTS).status()).isEqualTo(200);
        assertThat(generated(beta)).isEqualTo(200);
        assertThat(order(acme, "reports", "enable").json().path("detail").asText())
                .startsWith(
                        "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports' for tenant 'seen'");

        assertThat(order(acme, "reports", "enable?with=providers").status()).isEqualTo(200);
        assertThat(generated(acme)).isEqualTo(200);
    }

    @Test
    void credentialsOfAPluginAreNotHeardWhereItIsDisabled() {
        String acme = tenant("bound");
        Client reports = PluginClients.of(container, "reports", acme);
        String shared = "/api/v1/shared-data/list?namespace=n";
        assertThat(reports.get(shared).status()).isEqualTo(200);

        order(acme, "reports", "disable");

        assertThat(reports.get(shared).status()).isEqualTo(403);
        assertThat(reports.get("/api/v1/services/list").status()).isEqualTo(403);
        assertThat(reports.get("/api/v1/s/inventory.products/products").status())
                .isEqualTo(403);
    }

    private static String plain(Answer answer) {
        return answer.body().replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    @Test
    void aForcedDisableLeavesDependentsInErrorUntilItIsBack() {
        String acme = tenant("forced");
        String beta = tenant("free");
        order(acme, "inventory", "disable?force=true");

        assertThat(installation(acme, "reports").path("runtimeState").asText()).isEqualTo("error");
        Answer refused = admin.tenant(acme).post(GENERATE, "");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("detail").asText()).contains("plugin 'inventory' is not enabled");
        assertThat(generated(beta)).isEqualTo(200);

        order(acme, "inventory", "enable");
        assertThat(generated(acme)).isEqualTo(200);
    }

    @Test
    void decisionsOutliveTheContainer() throws Exception {
        String acme = tenant("outlived");
        String beta = tenant("paused");
        order(acme, "reports", "disable");
        order(beta, "reports", "stop");
        container.close();

        container = Container.start(PRODUCT, container.home()).awaitReady();
        admin = container.admin();
        container.awaitState("reports", "READY");

        assertThat(generated(acme)).isEqualTo(404);
        assertThat(generated(beta)).isEqualTo(503);
        assertThat(generated("default")).isEqualTo(200);
        order(beta, "reports", "start");
        assertThat(generated(beta)).isEqualTo(200);
    }

    @Test
    void nothingIsThereByItselfWhereThePolicyIsNone() throws Exception {
        try (Container other = Container.start(
                        PRODUCT, folder.resolve("none"), Map.of("MORTISE_HOST_INSTALLATIONS_POLICY", "none"))
                .awaitReady()) {
            Client there = other.admin();
            there.post("/api/v1/tenants", "{\"slug\":\"acme\"}");
            other.drop(PRODUCT.example("inventory"), "inventory.jar");
            other.drop(PRODUCT.example("reports"), "reports.jar");
            other.awaitState("reports", "READY");
            String reports = "/api/v1/tenants/acme/plugins/reports";

            assertThat(there.tenant("acme").post(GENERATE, "").status()).isEqualTo(404);
            assertThat(there.get(reports).json().path("enabled").asBoolean(true))
                    .isFalse();
            there.post(reports + "/enable?with=providers", "");
            assertThat(there.tenant("acme").post(GENERATE, "").status()).isEqualTo(200);
            assertThat(there.tenant("default").post(GENERATE, "").status()).isEqualTo(404);
        }
    }

    @Test
    void aRevokedGrantKeepsThePluginOut() {
        String acme = tenant("revoked");
        String beta = tenant("granted");
        String grant = "/api/v1/tenants/revoked/plugins/reports/grants/plugin.inventory.products.read";
        assertThat(installation(acme, "reports").path("grants").toString()).contains("plugin.inventory.products.read");

        assertThat(admin.send("DELETE", grant, "").status()).isEqualTo(200);

        assertThat(generated(acme)).isNotEqualTo(200);
        assertThat(generated(beta)).isEqualTo(200);
        assertThat(installation(acme, "reports").path("revoked").toString()).contains("plugin.inventory.products.read");

        assertThat(admin.send("PUT", grant, "").status()).isEqualTo(200);
        assertThat(generated(acme)).isEqualTo(200);
    }

    @Test
    void hooksRunForEachTenantAndAThrowingOneDegradesThatTenantOnly() throws Exception {
        String acme = tenant("welcome");
        String beta = tenant("other");
        String grumpy = tenant("grumpy");
        container.drop(
                plugin("greeting").jar().withClasses(Greeting.class).writeTo(folder.resolve("g.jar")), "greeting.jar");
        container.awaitState("greeting", "READY");

        assertThat(heard(acme))
                .contains("start welcome")
                .contains("start default")
                .doesNotContain(grumpy);
        assertThat(heard(grumpy)).as("degraded, and served").isNotEmpty();
        assertThat(installation(grumpy, "greeting").path("runtimeState").asText())
                .isEqualTo("degraded");
        assertThat(installation(grumpy, "greeting").path("reason").asText()).contains("I don't like grumpy.");
        assertThat(installation(acme, "greeting").path("runtimeState").asText()).isEqualTo("ready");

        order(acme, "greeting", "disable");
        assertThat(heard(beta)).endsWith("disable welcome");
        assertThat(heard(tenant("late"))).endsWith("start late");
    }

    private static String heard(String tenant) {
        return admin.tenant(tenant).get("/api/v1/p/greeting/heard").body();
    }
}
