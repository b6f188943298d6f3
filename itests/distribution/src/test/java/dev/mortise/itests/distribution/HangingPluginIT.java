// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Hanging;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that never comes back holds neither the end of the container nor that of its database. */
final class HangingPluginIT {
    private static final Product PRODUCT = Product.find();

    @TempDir
    private Path folder;

    @Test
    void theContainerEndsAllTheSame() throws Exception {
        Map<String, String> limits = Map.of("MORTISE_HOST_START_DEADLINE_S", "2", "MORTISE_HOST_SHUTDOWN_LIMIT_S", "8");
        Path jar = plugin("hanging")
                .jar()
                .withClasses(Hanging.class)
                .withHeader("Bundle-Activator", Hanging.class.getName())
                .writeTo(folder.resolve("hanging.jar"));

        try (Container container = Container.start(PRODUCT, folder.resolve("home"), limits)) {
            container.awaitReady().drop(jar, "hanging.jar");
            container.awaitState("hanging", "READY");

            assertThat(container.terminate()).isEqualTo(1);
            assertThat(container.output())
                    .contains("The container did not stop within 8 s: code of hanging 1.0.0 hangs. It is ended now.");
            Wait.until("its server has ended", () -> ServerProcesses.in(container.home())
                    .isEmpty());
        }
    }
}
