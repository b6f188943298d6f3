// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugins that are redeployed again and again leave nothing behind: one without a database, and the inventory with its
 * role, pool and executor.
 */
final class RedeploysIT {
    private static final int REDEPLOYS = Integer.getInteger("test.redeploys", 50);
    /** What is loaded and opened once by the first deployments is no leak. */
    private static final int WARM_UP = 10;

    private static final int PER_SECOND = 20;
    private static final String PLAIN = "plain";
    private static final String INVENTORY = "inventory";
    private static final Product PRODUCT = Product.find();
    /**
     * The profiles that the JIT keeps of methods lie in metaspace too and grow until all warm code is compiled: by 2 MB
     * over 130 redeploys with the same 7 520 classes. Without the second compiler none are kept, and what grows is a leak.
     */
    private static final Map<String, String> WITHOUT_PROFILES = Map.of("MORTISE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), WITHOUT_PROFILES)
                .awaitReady();
    }

    @Test
    void memoryThreadsAndDescriptorsStayFlat() throws Exception {
        redeploy(0, 1);
        Call plain = Call.get(container.client(), GeneratedPlugin.route(PLAIN)).expecting(new SeenVersions());
        Call products = Call.get(container.client(), "/api/v1/p/inventory/products");
        try (LoadClient light = LoadClient.start(PER_SECOND, plain);
                LoadClient database = LoadClient.start(PER_SECOND, products)) {
            redeploy(1, WARM_UP);
            Holdings before = settled();
            redeploy(WARM_UP, WARM_UP + REDEPLOYS);

            await("what the retired versions held is given back")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertFlat(before, Holdings.of(container)));
            System.out.printf("%d redeploys of two plugins: %s, then %s%n", REDEPLOYS, before, Holdings.of(container));
            for (LoadClient load : new LoadClient[] {light, database}) {
                LoadFigures figures = load.end();
                System.out.printf("%d redeploys of two plugins: %s%n", REDEPLOYS, figures);
                assertThat(figures.failures()).isEmpty();
            }
        }
    }

    private static void assertFlat(Holdings before, Holdings after) {
        assertThat(after.metaspaceKilobytes())
                .as("metaspace of %s", after)
                .isLessThanOrEqualTo(before.metaspaceKilobytes() * 1.1);
        assertThat(after.loaders()).as("loaders of %s", after).isLessThanOrEqualTo(before.loaders() + 5);
        assertThat(after.threads()).as("threads of %s", after).isLessThanOrEqualTo(before.threads() + 5);
        assertThat(after.descriptors()).as("descriptors of %s", after).isLessThanOrEqualTo(before.descriptors() + 10);
    }

    /** Looks until two looks agree about the loaders: what the last update retired takes a moment to go. */
    private Holdings settled() throws Exception {
        AtomicReference<Holdings> last = new AtomicReference<>(Holdings.of(container));
        await("two looks that agree about the loaders")
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ofSeconds(2))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    Holdings now = Holdings.of(container);
                    return last.getAndSet(now).loaders() == now.loaders();
                });
        return last.get();
    }

    private void redeploy(int from, int to) throws Exception {
        for (int update = from; update < to; update++) {
            String version = "1." + update + ".0";
            container.drop(GeneratedPlugin.of(PLAIN, version).write(folder.resolve("plain.jar")), "plain.jar");
            container.drop(
                    Reissue.of(
                            PRODUCT.example(INVENTORY),
                            folder.resolve("inventory-" + version + ".jar"),
                            json -> json.put("version", version)),
                    "inventory.jar");
            container.awaitServing(PLAIN, version);
            container.awaitServing(INVENTORY, version);
        }
    }
}
