// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Embraced;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two plugins that start at the same time, each of which waits for what the other one holds. */
final class DeadlockIT {
    private static final Product PRODUCT = Product.find();

    @TempDir
    private Path folder;

    private Path jar(String id, String locks) throws Exception {
        return plugin(id)
                .jar()
                .withClasses(Embraced.class)
                .withHeader("Bundle-Activator", Embraced.class.getName())
                .withHeader("X-Locks", locks)
                .writeTo(folder.resolve(id + ".jar"));
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void bothFailWithWhatTheyWaitForAndNobodyElseNoticesIt() throws Exception {
        Map<String, String> limits =
                Map.of("MORTISE_HOST_START_DEADLINE_S", "10", "MORTISE_HOST_SHUTDOWN_LIMIT_S", "8");
        try (Container container = Container.start(PRODUCT, folder.resolve("home"), limits)) {
            container.awaitReady().dropAtOnce(List.of(jar("fore", "one two"), jar("after", "two one")));
            Wait.until("both start", () -> starting(container, "fore") && starting(container, "after"));

            container.drop(PRODUCT.example("inventory"), "inventory.jar");
            container.awaitState("inventory", "READY");
            assertThat(container.client().get("/api/v1/p/inventory/products").status())
                    .isEqualTo(200);

            for (String id : List.of("fore", "after")) {
                container.awaitState(id, "FAILED");
                assertThat(container
                                .admin()
                                .get("/api/v1/plugins/" + id)
                                .json()
                                .path("reason")
                                .asText())
                        .contains("Plugin '" + id + "' did not come back", "took longer than 10 s");
            }
            assertThat(container.anonymous().get("/health").status()).isEqualTo(200);
            assertThat(container.client().get("/api/v1/p/inventory/products").status())
                    .isEqualTo(200);
            assertThat(Files.readString(container.home().resolve("log/mortise.log")))
                    .as("what each of them waits for")
                    .contains("plugin=fore 1.0.0 threads at the deadline", "plugin=after 1.0.0 threads at the deadline")
                    .containsPattern(
                            "(?s)plugin=fore 1.0.0 threads at the deadline.{0,2000}BLOCKED.{0,300}Embraced.start")
                    .containsPattern(
                            "(?s)plugin=after 1.0.0 threads at the deadline.{0,2000}BLOCKED.{0,300}Embraced.start");
        }
    }

    /** Tells whether its code is running, or was given up already. */
    private static boolean starting(Container container, String id) {
        String state = container
                .admin()
                .get("/api/v1/plugins/" + id)
                .json()
                .path("state")
                .asText();
        return state.equals("STARTING") || state.equals("FAILED");
    }
}
