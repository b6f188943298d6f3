// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many plugins that come at once, are there at a start, and go at once. The bounds are ten times what is promised. */
final class ThousandPluginsIT {
    private static final int PLUGINS = Integer.getInteger("test.plugins", 100);
    private static final Duration ALL_READY = Duration.ofSeconds(150);
    private static final Duration RESTARTED = Duration.ofSeconds(120);
    private static final Product PRODUCT = Product.find();
    private static final List<String> IDS =
            IntStream.range(0, PLUGINS).mapToObj(i -> "many-" + i).toList();

    @TempDir
    private Path folder;

    @Test
    void noneIsLostWhenTheyComeStayOverARestartAndGo() throws Exception {
        Path home = folder.resolve("home");
        try (Container first = Container.start(PRODUCT, home).awaitReady()) {
            List<Path> jars = jars();
            long dropped = System.nanoTime();
            first.dropAtOnce(jars);

            awaitAllReady(first, ALL_READY);
            print("dropped at once, READY after", dropped);
            assertEachAnswers(first, 200);
            assertThat(markers(home, ".jar.deployed")).isEqualTo(PLUGINS);
            assertThat(first.terminate()).isZero();
        }

        long started = System.nanoTime();
        try (Container second = Container.start(PRODUCT, home).awaitReady()) {
            awaitAllReady(second, RESTARTED);
            print("restarted, READY after", started);
            assertEachAnswers(second, 200);

            long removed = System.nanoTime();
            for (String id : IDS) {
                second.remove(id + ".jar");
            }
            await("all are gone")
                    .atMost(ALL_READY)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> states(second).isEmpty() && markers(home, "") == 0);
            print("removed at once, gone after", removed);
            assertEachAnswers(second, 404);
        }
    }

    private List<Path> jars() throws Exception {
        Path made = Files.createDirectories(folder.resolve("made"));
        List<Path> jars = new ArrayList<>();
        for (String id : IDS) {
            jars.add(GeneratedPlugin.of(id, "1.0.0").write(made.resolve(id + ".jar")));
        }
        return jars;
    }

    private static void awaitAllReady(Container container, Duration bound) {
        await("all are READY")
                .atMost(bound)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(states(container)).isEqualTo(Map.of("READY", PLUGINS)));
    }

    /** Counts the plugins by state. */
    private static Map<String, Integer> states(Container container) {
        Map<String, Integer> states = new TreeMap<>();
        container.admin().get("/api/v1/plugins").json().path("plugins").forEach(plugin -> {
            if (plugin.path("id").asText().startsWith("many-")) {
                states.merge(plugin.path("state").asText(), 1, Integer::sum);
            }
        });
        return states;
    }

    private static void assertEachAnswers(Container container, int status) {
        Client client = container.client();
        Map<Integer, Integer> answers = new TreeMap<>();
        for (String id : IDS) {
            answers.merge(client.get(GeneratedPlugin.route(id)).status(), 1, Integer::sum);
        }
        assertThat(answers).isEqualTo(Map.of(status, PLUGINS));
    }

    private static long markers(Path home, String ending) throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("many-") && name.endsWith(ending))
                    .count();
        }
    }

    private static void print(String what, long since) {
        System.out.printf("%d plugins %s %d ms%n", PLUGINS, what, (System.nanoTime() - since) / 1_000_000);
    }
}
