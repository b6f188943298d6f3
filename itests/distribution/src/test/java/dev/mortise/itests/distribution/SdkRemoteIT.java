// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Forecaster;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that the SDK makes a remote plugin of (MortiseWorker.run), and its tools for a client that the public SDK makes. */
final class SdkRemoteIT {
    private static final Product PRODUCT = Product.find();

    private static McpPrograms programs;

    @AutoClose
    private static Container container;

    private static Process program;
    private static Path output;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        programs = McpPrograms.find();
        container = RemoteHome.start(PRODUCT, folder.resolve("home"), "");
        container.awaitState("worker-token", "READY");
        output = folder.resolve("out");
        program = program(folder);
        Wait.until("it is registered: " + Files.readString(output), SdkRemoteIT::registered);
    }

    /** Its class path is what an author has: the worker of the distribution, and a jar of his own. */
    private static Process program(Path folder) throws Exception {
        Answer made = container.admin().post("/api/v1/tokens", "{\"kind\":\"remote\",\"plugin\":\"forecaster\"}");
        Path token = Files.writeString(
                folder.resolve("token"), made.json().path("token").asText());
        Path jar = plugin("forecaster")
                .offers("forecaster.forecasts", "1.0.0", "GET /forecasts/{city}")
                .with("runtime", Map.of("locations", List.of("remote")))
                .jar()
                .withClasses(Forecaster.class)
                .writeTo(folder.resolve("forecaster.jar"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        PRODUCT.distribution().resolve("worker/*") + File.pathSeparator + jar,
                        Forecaster.class.getName(),
                        "--core",
                        container.client().base().toString(),
                        "--token-file",
                        token.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static boolean registered() {
        return container
                        .admin()
                        .get("/api/v1/services/list?pluginId=forecaster")
                        .json()
                        .path("count")
                        .asInt()
                == 1;
    }

    @AfterAll
    static void end() {
        if (program != null) {
            program.destroyForcibly();
        }
    }

    private static McpClient with(String permission) throws Exception {
        Answer made = container
                .client()
                .post("/api/v1/p/worker-token/tokens", "{\"name\":\"model\",\"permissions\":[\"" + permission + "\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return McpClient.connect(
                programs, container.anonymous().token(made.json().path("token").asText()));
    }

    @Test
    void itsToolsAreListedAndCalledAsThoseOfABundle() throws Exception {
        try (McpClient client = McpClient.connect(programs, container.client())) {
            Map<String, JsonNode> tools = client.tools();

            assertThat(tools).containsKeys("forecaster_forecast", "forecaster_rain");
            JsonNode forecast = tools.get("forecaster_forecast");
            assertThat(forecast.path("description").asText()).isEqualTo("Tells the weather of a city.");
            assertThat(forecast.at("/inputSchema/properties/city/minLength").asInt())
                    .isEqualTo(2);
            JsonNode told = client.call("forecaster_forecast", Map.of("city", "Oslo"));
            assertThat(told.at("/result/structuredContent/sky").asText())
                    .as(told.toString())
                    .isEqualTo("blue");
            assertThat(told.at("/result/structuredContent/tenant").asText()).isEqualTo("default");
            assertThat(client.call("forecaster_forecast", Map.of("city", "O"))
                            .at("/result/isError")
                            .asBoolean())
                    .as("arguments are judged before they are sent")
                    .isTrue();
        }
    }

    @Test
    void itsPermissionsHoldToo() throws Exception {
        try (McpClient client = with("plugin.forecaster.tools")) {
            assertThat(client.tools()).containsKey("forecaster_forecast").doesNotContainKey("forecaster_rain");
            assertThat(client.call("forecaster_rain", Map.of())
                            .at("/error/data/code")
                            .asText())
                    .isEqualTo("PERMISSION_DENIED");
        }
        try (McpClient client = with("plugin.forecaster.rain")) {
            assertThat(client.text("forecaster_rain", Map.of())).isEqualTo("wet");
        }
    }
}
