// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Greedy;
import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.distribution.plugins.Twice;
import dev.mortise.itests.distribution.plugins.Usurper;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin's routes lie below its own address, whatever it calls them and whatever it says it is. */
final class RouteClashIT {
    private static final Product PRODUCT = Product.find();

    @AutoClose
    private static Container container;

    private static Operator operator;
    private static Client client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        operator = Operator.of(container);
        client = container.client();
        operator.install(plugin("mirror").jar().withClasses(Mirror.class));
    }

    @Test
    void twoHandlersForOneRouteAreRefused() {
        Answer answer = operator.upload(
                "?wait=true", plugin("twice").jar().withClasses(Twice.class).bytes());

        assertThat(answer.body()).contains("GET /things/{name}");
        assertThat(client.get("/api/v1/p/twice/things/1").status()).isNotEqualTo(200);
    }

    @Test
    void aParameterCatchesNothingBeyondItsPlugin() {
        operator.install(plugin("greedy").jar().withClasses(Greedy.class));

        assertThat(client.get("/api/v1/p/greedy/api/v1/admin").body()).isEqualTo("greedy");
        assertThat(client.get("/api/v1/p/mirror/hit").body()).isEqualTo("hit");
        assertThat(client.get("/api/v1/admin").status()).isEqualTo(404);
        assertThat(client.get("/api/v1/plugins").body()).contains("\"mirror\"").isNotEqualTo("greedy");
        assertThat(container.anonymous().get("/health/live").body()).contains("UP");
        assertThat(client.get("/x").status()).isEqualTo(404);
    }

    @Test
    void whoSaysThatItIsTheCoreIsNot() {
        operator.upload(
                "?wait=true", plugin("usurper").jar().withClasses(Usurper.class).bytes());

        for (String path :
                new String[] {"/api/v1/plugins", "/api/v1/admin", "/api/v1/usurped", "/docs/usurped", "/a/b"}) {
            assertThat(client.get(path).body()).as(path).isNotEqualTo("usurped");
            assertThat(container.anonymous().get(path).body()).as(path).isNotEqualTo("usurped");
        }
        assertThat(operator.admin().get("/api/v1/plugins").status()).isEqualTo(200);
        assertThat(client.get("/api/v1/p/mirror/hit").body()).isEqualTo("hit");
    }

    @Test
    void anotherPluginOfTheSameIdTakesTheWholeAddressOrNothing() {
        assertThat(operator.upload(
                                "?wait=true",
                                plugin("core").jar().withClasses(Mirror.class).bytes())
                        .status())
                .isGreaterThanOrEqualTo(400);
    }
}
