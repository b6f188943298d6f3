// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that is updated while clients and another plugin call it all the time. */
final class UpdatesUnderLoadIT {
    private static final int UPDATES = Integer.getInteger("test.updates", 20);
    private static final int RELAYED_PER_SECOND = 100;
    private static final String ID = "stock";
    private static final Product PRODUCT = Product.find();

    @AutoClose
    private static Container container;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        container = Container.start(PRODUCT, home.resolve("home")).awaitReady();
    }

    @AfterEach
    void clear() throws Exception {
        Leftovers.clear(container);
    }

    @Test
    void nobodyNoticesThatTheJarIsOverwritten() throws Exception {
        updateUnderLoad("the jar is overwritten", version -> "stock.jar");
    }

    @Test
    void nobodyNoticesThatANewerJarComes() throws Exception {
        updateUnderLoad("a newer jar comes", version -> "stock-" + version + ".jar");
    }

    private void updateUnderLoad(String way, UnaryOperator<String> fileName) throws Exception {
        deploy(version(0), fileName);
        container.drop(
                plugin("desk")
                        .needs("stock.versions", "^1.0.0")
                        .jar()
                        .withClasses(Relay.class)
                        .writeTo(folder.resolve("desk.jar")),
                "desk.jar");
        container.awaitState("desk", "READY");
        Client client = container.client();
        SeenVersions seen = new SeenVersions();
        SeenVersions relayed = new SeenVersions();
        Call direct = Call.get(client, GeneratedPlugin.route(ID)).expecting(seen);
        Call relay = Call.get(client, "/api/v1/p/desk/relay").expecting(relayed);

        try (LoadClient clients = LoadClient.start(direct);
                LoadClient plugins = LoadClient.start(RELAYED_PER_SECOND, relay)) {
            seen.awaitMore(1_000);
            for (int update = 1; update <= UPDATES; update++) {
                deploy(version(update), fileName);
                seen.awaitMore(50);
                relayed.awaitMore(20);
            }
            LoadFigures ofClients = clients.end();
            LoadFigures ofPlugins = plugins.end();

            System.out.printf("%d updates, %s, clients: %s%n", UPDATES, way, ofClients);
            System.out.printf("%d updates, %s, a plugin: %s%n", UPDATES, way, ofPlugins);
            assertThat(ofClients.failures()).as("clients").isEmpty();
            assertThat(ofPlugins.failures()).as("a plugin").isEmpty();
        }
        assertThat(seen.versions()).hasSize(UPDATES + 1);
        assertThat(relayed.versions()).hasSize(UPDATES + 1);
    }

    private void deploy(String version, UnaryOperator<String> fileName) throws Exception {
        Path jar = GeneratedPlugin.of(ID, version).offering().write(folder.resolve("next.jar"));
        container.drop(jar, fileName.apply(version));
        container.awaitServing(ID, version);
    }

    private static String version(int update) {
        return "1." + update + ".0";
    }
}
