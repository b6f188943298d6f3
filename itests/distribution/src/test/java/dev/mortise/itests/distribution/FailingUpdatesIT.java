// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates that fail, each in another phase, while the plugin is called 500 times a second. */
final class FailingUpdatesIT {
    private static final Product PRODUCT = Product.find();
    private static final String OLD = "1.0.0";
    private static final String MENDED = "1.2.0";

    @AutoClose
    private static Container container;

    private static Markers markers;

    @TempDir
    private Path made;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc/host.properties"), "start.deadline-s = 5\nshutdown.limit-s = 3\n");
        container = Container.start(PRODUCT, home).awaitReady();
        container.awaitState("worker-token", "READY");
        markers = Markers.of(container);
    }

    static List<BrokenUpdate> updates() throws IOException {
        return BrokenUpdate.all();
    }

    @ParameterizedTest
    @MethodSource("updates")
    void theOldVersionServesUntilAMendedOneComes(BrokenUpdate update) throws Exception {
        String id = update.id();
        deploy(id, OLD);
        SeenVersions seen = new SeenVersions();
        Call call = Call.get(container.client(), GeneratedPlugin.route(id)).expecting(seen);

        try (LoadClient load = LoadClient.start(call)) {
            long dropped = System.nanoTime();
            container.drop(update.jar().writeTo(made.resolve("broken.jar")), id + ".jar");
            deploy("beside-" + id, OLD);
            String reason = markers.firstLine(id + ".jar.failed");
            long millis = (System.nanoTime() - dropped) / 1_000_000;
            seen.awaitMore(500);

            assertThat(reason).containsPattern(update.reason());
            assertThat(why(id).toString()).containsPattern(update.reason()).contains(BrokenUpdate.VERSION);
            assertThat(state(id)).isEqualTo(OLD + " READY");
            assertThat(seen.versions()).containsExactly(OLD);

            deploy(id, MENDED);
            seen.awaitMore(100);
            LoadFigures figures = load.end();
            System.out.printf("update that fails (%s): told after %d ms, %s%n", id, millis, figures);
            assertThat(seen.versions()).containsExactly(OLD, MENDED);
            assertThat(figures.failures()).isEmpty();
        }
        assertThat(markers.of(id + ".jar")).containsExactly(id + ".jar.deployed");
    }

    @Test
    void threeFailuresInARowAreQuarantined() throws Exception {
        deploy("stubborn", OLD);
        Path broken = BrokenUpdate.throwing("stubborn").jar().writeTo(made.resolve("stubborn.jar"));

        for (int failure = 1; failure <= 3; failure++) {
            int count = failure;
            container.drop(broken, "stubborn.jar");
            Wait.until("failure " + count, () -> failures("stubborn") == count);
        }

        assertThat(states("stubborn")).contains("QUARANTINED").contains("READY");
        assertThat(markers.firstLine("stubborn.jar.failed")).contains("failed 3 times in a row");
        deploy("stubborn", MENDED);
    }

    /** Drops a version that works and waits until it serves. */
    private void deploy(String id, String version) throws IOException {
        container.drop(GeneratedPlugin.of(id, version).write(made.resolve(id + version)), id + ".jar");
        container.awaitServing(id, version);
    }

    private static JsonNode plugin(String id) {
        return container.admin().get("/api/v1/plugins/" + id).json();
    }

    private static JsonNode why(String id) {
        return container.admin().get("/api/v1/plugins/" + id + "/why").json();
    }

    private static String state(String id) {
        return plugin(id).path("version").asText() + " "
                + plugin(id).path("state").asText();
    }

    private static List<String> states(String id) {
        return plugin(id).path("versions").findValuesAsText("state");
    }

    /** Counts the failures that the log tells. */
    private static long failures(String id) throws IOException {
        try (var lines = Files.lines(container.home().resolve("log/mortise.log"))) {
            return lines.filter(line -> line.contains("plugin=" + id + " ") && line.contains("→ FAILED"))
                    .count();
        }
    }
}
