// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Sluggish;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import dev.mortise.testkit.PluginJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway does for everybody else when one plugin hangs, one tenant asks too much, or an answer may be kept. */
@Tag("timed")
final class GuardsIT {
    private static final Product PRODUCT = Product.find();
    private static final int PLACES = 32;
    /** A look whether they are taken takes one itself, and whoever is refused then does not come again. */
    private static final int MORE = 8;
    /** Ten times the figure: a refusal takes no thread of the plugin and no time. */
    private static final double REFUSED_WITHIN_MILLIS = 50;

    @AutoClose
    private static Container container;

    private static Operator operator;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        // So long the test waits for what hangs.
        container = Container.start(PRODUCT, folder.resolve("home"), Map.of("MORTISE_GATEWAY_DEADLINE_SECONDS", "15"))
                .awaitReady();
        operator = Operator.of(container);
        container.drop(GeneratedPlugin.of("quick", "1.0.0").write(folder.resolve("quick.jar")), "quick.jar");
        container.awaitState("quick", "READY");
    }

    @Test
    void aPluginThatHangsIsRefusedAtOnceAndLeavesAllOthersAlone() throws Exception {
        operator.install(sluggish("hanging", Map.of()));
        ExecutorService callers = Executors.newFixedThreadPool(PLACES + MORE);
        List<CompletableFuture<Answer>> held = IntStream.range(0, PLACES + MORE)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> get("hanging", "/hang"), callers))
                .toList();
        try {
            Wait.until(
                    "all its places are taken", () -> get("hanging", "/hanging").status() == 503);
            List<Double> millis = new ArrayList<>();
            try (LoadClient others = LoadClient.start(Call.get(container.client(), GeneratedPlugin.route("quick")))) {
                for (int i = 0; i < 50; i++) {
                    long begin = System.nanoTime();
                    Answer refused = get("hanging", "/hanging");
                    millis.add((System.nanoTime() - begin) / 1e6);
                    assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE");
                    assertThat(refused.body()).contains("Plugin 'hanging' is busy: 32 calls are in it already");
                }
                assertThat(others.end().failed()).isZero();
            }
            assertThat(millis.stream().sorted().toList().get(millis.size() / 2)).isLessThan(REFUSED_WITHIN_MILLIS);
            assertThat(MetricsPage.of(container)
                            .sum("mortise_rejections_total", "plugin", "hanging", "guard", "bulkhead"))
                    .isGreaterThanOrEqualTo(50);
        } finally {
            operator.admin().send("DELETE", Operator.PLUGINS + "/hanging?force=true", "");
            CompletableFuture.allOf(held.toArray(CompletableFuture<?>[]::new)).get(60, TimeUnit.SECONDS);
            callers.shutdown();
        }
    }

    @Test
    void aTenantThatAsksTooMuchIsToldWhenToComeBack() {
        operator.install(sluggish("limited", Map.of("rateLimit", 2)));
        List<Answer> answers =
                IntStream.range(0, 10).mapToObj(i -> get("limited", "/count")).toList();

        Answer refused = answers.stream()
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.headers().firstValue("RateLimit-Policy")).contains("\"limited.things\";q=2;w=1");
        assertThat(answers.get(0).status()).isEqualTo(200);
        Wait.until("there is a token again", () -> get("limited", "/count").status() == 200);
    }

    @Test
    void anAnswerIsKeptUntilTheNextChangeOrSwitch() {
        operator.install(sluggish("kept", Map.of("cacheTTL", 600)));

        assertThat(get("kept", "/count").body()).isEqualTo("1");
        assertThat(get("kept", "/count").body()).isEqualTo("1");
        assertThat(get("kept", "/count").headers().firstValue("Age")).isPresent();
        assertThat(get("kept", "/count?other=1").body()).isEqualTo("2");

        assertThat(container.client().post("/api/v1/p/kept/count", "").body()).isEqualTo("3");
        assertThat(get("kept", "/count").body()).isEqualTo("4");
        assertThat(get("kept", "/count").headers().firstValue("Age")).isPresent();

        operator.order("kept", "restart");

        assertThat(get("kept", "/count").headers().firstValue("Age")).isEmpty();
    }

    private static Answer get(String plugin, String path) {
        return container.client().get("/api/v1/p/" + plugin + path);
    }

    private static PluginJar sluggish(String id, Map<String, Object> metadata) {
        List<Map<String, Object>> endpoints = List.of(
                Map.of("method", "GET", "path", "/hang"),
                Map.of("method", "GET", "path", "/hanging"),
                Map.of("method", "GET", "path", "/count"),
                Map.of("method", "POST", "path", "/count"));
        return plugin(id)
                .with(
                        "api",
                        Map.of(
                                "services",
                                List.of(Map.of(
                                        "name",
                                        id + ".things",
                                        "version",
                                        "1.0.0",
                                        "endpoints",
                                        endpoints,
                                        "metadata",
                                        metadata))))
                .jar()
                .withClasses(Sluggish.class);
    }
}
