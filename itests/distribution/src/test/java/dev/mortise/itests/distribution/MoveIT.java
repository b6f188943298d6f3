// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Placed;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One jar that is moved from the container into processes and back while it is called. */
final class MoveIT {
    private static final Product PRODUCT = Product.find();
    private static final String PLACE = "/api/v1/p/placed/place";
    private static final int ROUNDS = 3;

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    private Client admin;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        admin = container.admin();
        container.drop(jar("1.0.0", "place.js"), "placed.jar");
        container.awaitState("placed", "READY");
    }

    private Path jar(String version, String script) throws Exception {
        try (InputStream source = MoveIT.class.getResourceAsStream("place.js")) {
            byte[] text = Objects.requireNonNull(source).readAllBytes();
            return plugin("placed")
                    .version(version)
                    .offers("placed.places", "1.0.0", "GET /place")
                    .with(
                            "runtime",
                            Map.of("locations", List.of("bundle", "worker"), "command", List.of("node", "place.js")))
                    .jar()
                    .withClasses(Placed.class)
                    .withEntry("worker/" + script, text)
                    .writeTo(folder.resolve("placed.jar"));
        }
    }

    private Answer move(String location) {
        return admin.post("/api/v1/plugins/placed/move?wait=true", "{\"location\":\"" + location + "\"}");
    }

    private String place() {
        return container.client().get(PLACE).json().path("place").asText();
    }

    @Test
    void nobodyNoticesThatItIsMoved() throws Exception {
        Call call = Call.get(container.client(), PLACE).expecting(answer -> List.of("bundle", "worker")
                .contains(answer.json().path("place").asText()));
        try (LoadClient load = LoadClient.start(call)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String location : List.of("worker", "bundle")) {
                    Answer moved = move(location);
                    assertThat(moved.json().path("state").asText())
                            .as(moved.body())
                            .isEqualTo("DONE");
                    assertThat(place()).isEqualTo(location);
                }
            }
            LoadFigures figures = load.end();
            System.out.printf("%d moves: %s%n", 2 * ROUNDS, figures);
            assertThat(figures.failures()).isEmpty();
        }
        Wait.until(
                "no workers",
                () -> admin.get("/api/v1/workers").json().path("count").asInt() == 0);
    }

    @Test
    void staysMovedWhenTheContainerIsStartedAgain() throws Exception {
        assertThat(move("worker").json().path("state").asText()).isEqualTo("DONE");
        container.kill();

        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        container.awaitState("placed", "READY");

        assertThat(place()).isEqualTo("worker");
    }

    @Test
    void goesOnWhereItIsWhenItDoesNotStartThere() throws Exception {
        container.remove("placed.jar");
        Wait.until("it is gone", () -> admin.get("/api/v1/plugins/placed").status() == 404);
        container.drop(jar("1.1.0", "other.js"), "placed.jar");
        container.awaitState("placed", "READY");

        Answer moved = move("worker");

        assertThat(moved.json().path("state").asText()).as(moved.body()).isEqualTo("FAILED");
        assertThat(place()).isEqualTo("bundle");
        assertThat(move("remote").status()).isEqualTo(400);
    }
}
