// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that is killed at random instants, while it starts and while plugins come, starts again and is whole. */
final class KillIT {
    private static final Product PRODUCT = Product.find();
    private static final int KILLS = Integer.getInteger("test.kills", 5);
    private static final int LATEST_MILLIS = 3_000;

    @TempDir
    private Path folder;

    @Test
    void startsAgainAfterEveryKill() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path home = folder.resolve("home");
        for (int kill = 1; kill <= KILLS; kill++) {
            Duration instant = Duration.ofMillis(random.nextInt(LATEST_MILLIS));
            try (Container container = Container.firstStart(PRODUCT, home, Map.of())) {
                dropWhileItStarts(container, kill);
                assertThat(container.process().waitFor(instant.toMillis(), TimeUnit.MILLISECONDS))
                        .describedAs("it ended by itself: %s", container.output())
                        .isFalse();
                container.kill();
            }
        }

        try (Container container = Container.start(PRODUCT, home).awaitReady()) {
            for (String plugin : List.of("worker-token", "inventory", "reports", "crm")) {
                container.awaitState(plugin, "READY");
            }
            Wait.until("every jar has one marker, of the right kind", () -> markers(home)
                    .equals(List.of(
                            "crm.jar.deployed",
                            "inventory.jar.deployed",
                            "reports.jar.deployed",
                            "worker-token-1.0.0.jar.deployed")));
            assertThat(EmbeddedDatabase.of(container).pluginSchemas())
                    .containsExactly("p_crm", "p_inventory", "p_worker_token");
            assertThat(container.terminate()).describedAs("seed %d", seed).isZero();
            assertThat(ServerProcesses.in(home)).isEmpty();
        }
    }

    /** One jar more at each of the first starts, so that kills hit first migrations too. */
    private static void dropWhileItStarts(Container container, int kill) throws Exception {
        List<String> plugins = List.of("reports", "inventory", "crm");
        if (kill <= plugins.size()) {
            Wait.until(
                    "there is a folder to drop into",
                    () -> Files.isDirectory(container.home().resolve("plugins")));
            container.drop(PRODUCT.example(plugins.get(kill - 1)), plugins.get(kill - 1) + ".jar");
        }
    }

    private static List<String> markers(Path home) throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
