// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Forgetful;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left of plugins that behave, and of others it is said what and why. */
final class RetirementIT {
    private static final Product PRODUCT = Product.find();
    private static final Map<String, String> HASTY =
            Map.of("MORTISE_HOST_LEAK_AFTER_S", "3", "MORTISE_HOST_LEAK_COLLECTION_EVERY_S", "1");

    @AutoClose
    private static Container container;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        container = Container.start(PRODUCT, home.resolve("home"), HASTY).awaitReady();
    }

    @Test
    void theExamplesAreCollected() throws Exception {
        for (String id : List.of("inventory", "crm", "reports")) {
            container.drop(PRODUCT.example(id), id + ".jar");
            container.awaitState(id, "READY");
        }
        use(container.client());

        Path next = folder.resolve("next.jar");
        Reissue.of(PRODUCT.example("inventory"), next, json -> json.put("version", "1.1.0"));
        container.drop(next, "inventory.jar");
        awaitLine("plugin=inventory 1.0.0 class loader ");
        use(container.client());
        remove("inventory.jar", "crm.jar", "reports.jar", "worker-token-1.0.0.jar");

        for (String gone : List.of("inventory 1.1.0", "crm 1.0.0", "reports 1.0.0", "worker-token 1.0.0")) {
            awaitLine("plugin=" + gone + " class loader ");
        }
        assertThat(log())
                .filteredOn(line -> line.contains(" class loader ") && !line.contains("plugin=forgetful "))
                .allMatch(line -> line.contains(" collected after "));
    }

    @Test
    void whatAPluginForgotIsNamed() throws Exception {
        container.drop(
                plugin("forgetful").jar().withClasses(Forgetful.class).writeTo(folder.resolve("f.jar")),
                "forgetful.jar");
        container.awaitState("forgetful", "READY");
        assertThat(container.client().get("/api/v1/p/forgetful/remember").status())
                .isEqualTo(200);

        container.drop(plugin("forgetful").version("1.1.0").jar().writeTo(folder.resolve("f2.jar")), "forgetful.jar");
        awaitLine("plugin=forgetful 1.0.0 class loader leaked");

        String line = log().stream()
                .filter(one -> one.contains("class loader leaked"))
                .findFirst()
                .orElseThrow();
        assertThat(line)
                .contains(
                        "thread 'forgetful-poller' (",
                        "timer 'forgetful-timer' (its task " + Forgetful.class.getName() + "$Task)",
                        "shutdown hook 'forgetful-farewell' (",
                        "MBean 'com.acme:type=Stock' (" + Forgetful.class.getName() + "$Stock)");
        JsonNode leak =
                container.admin().get("/api/v1/plugins/forgetful").json().path("leak");
        assertThat(leak.path("verdict").asText()).startsWith("leaked");
        assertThat(leak.path("holders").toString())
                .contains("DriverManager (driver " + Forgetful.class.getName() + "$Memo)");
        // requests run on threads of their own from JDK 21 on, which take their locals with them
        assertThat(line.contains("thread local of thread '"))
                .isEqualTo(Runtime.version().feature() < 21);
    }

    private static void use(Client client) {
        assertThat(client.post(
                                "/api/v1/p/inventory/products",
                                "{\"name\":\"Saw\",\"sku\":\"saw\",\"price\":2,\"quantity\":3}")
                        .status())
                .isIn(201, 409);
        assertThat(client.get("/api/v1/p/inventory/products").status()).isEqualTo(200);
        assertThat(client.post("/api/v1/p/crm/contacts", "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}")
                        .status())
                .isIn(201, 409);
        assertThat(client.post("/api/v1/p/reports/reports/generate", "{}").status())
                .isEqualTo(200);
        assertThat(client.get("/api/v1/p/worker-token/tokens").status()).isEqualTo(200);
        assertThat(client.token("wt_nobody").get("/api/v1/p/inventory/products").status())
                .isEqualTo(401);
    }

    private void remove(String... jars) throws IOException {
        for (String jar : jars) {
            Files.delete(container.home().resolve("plugins").resolve(jar));
        }
    }

    private void awaitLine(String beginning) {
        Wait.until(beginning, () -> log().stream().anyMatch(line -> line.contains(beginning)));
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(container.home().resolve("log/mortise.log"));
    }
}
