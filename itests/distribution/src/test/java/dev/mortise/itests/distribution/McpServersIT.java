// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools of servers that plugins name in plugin.json: one somewhere else, made with the public SDK, and a program. */
final class McpServersIT {
    private static final Product PRODUCT = Product.find();
    private static final String SECRET = "open-sesame";
    private static final String SETTINGS = "/api/v1/tenants/%s/plugins/sums";

    private static McpPrograms programs;
    private static Process server;

    @AutoClose
    private static Container container;

    private static Client admin;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        programs = McpPrograms.find();
        server = programs.start("server.mjs", SECRET);
        String base = "http://127.0.0.1:" + server.inputReader(UTF_8).readLine();
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        admin = container.admin();
        Operator operator = Operator.of(container);
        operator.install(VersionedJar.of(
                plugin("sums")
                        .with("config", Map.of("apiKey", Map.of("type", "string", "label", "Key", "encrypted", true)))
                        .with(
                                "auth",
                                List.of(Map.of("id", "key", "type", "apiKey", "label", "Key", "configField", "apiKey")))
                        .with(
                                "mcp",
                                Map.of(
                                        "external",
                                        List.of(
                                                Map.of("id", "far", "url", base + "/mcp", "auth", "key"),
                                                Map.of("id", "moved", "url", base + "/moved", "auth", "key"),
                                                Map.of("id", "metadata", "url", "http://169.254.169.254/mcp")))),
                "1.0.0"));
        operator.install(VersionedJar.of(
                        plugin("near")
                                .with(
                                        "mcp",
                                        Map.of(
                                                "local",
                                                List.of(Map.of("id", "by", "command", List.of("node", "local.js"))))),
                        "1.0.0")
                .withEntry("worker/local.js", local()));
        container.awaitState("sums", "READY");
        container.awaitState("near", "READY");
        key("default");
    }

    @AfterAll
    static void end() {
        server.destroyForcibly();
    }

    private static byte[] local() throws IOException {
        try (InputStream source = McpServersIT.class.getResourceAsStream("local.js")) {
            return source.readAllBytes();
        }
    }

    private static void key(String tenant) {
        Answer given = admin.send(
                "PUT",
                SETTINGS.formatted(tenant) + "/auth",
                "{\"methodId\":\"key\",\"credentials\":{\"apiKey\":\"" + SECRET + "\"}}");
        assertThat(given.status()).as(given.body()).isEqualTo(200);
    }

    @Test
    void callsToolsOfAServerSomewhereElse() throws Exception {
        try (McpClient client = McpClient.connect(programs, container.client())) {
            Map<String, JsonNode> tools = client.tools();

            assertThat(tools).containsKeys("sums_far_add_up", "sums_far_hang");
            assertThat(tools.get("sums_far_add_up").path("description").asText())
                    .isEqualTo("Adds numbers up");
            assertThat(client.text("sums_far_add_up", Map.of("numbers", List.of(1, 2, 39))))
                    .isEqualTo("42");
            JsonNode wrong = client.call("sums_far_add_up", Map.of("numbers", "many"));
            assertThat(wrong.at("/result/isError").asBoolean())
                    .as(wrong.toString())
                    .isTrue();
        }
    }

    @Test
    void aServerThatSaysThatItHasOtherToolsIsHeard() throws Exception {
        try (McpClient client = McpClient.connect(programs, container.client())) {
            assertThat(client.tools()).containsKey("sums_far_learn");

            // it is said to whoever listens, which may be a moment after the first call
            Wait.until("it is told", () -> {
                client.text("sums_far_learn", Map.of());
                return client.changes() > 0;
            });

            assertThat(client.tools()).containsKey("sums_far_learned");
            assertThat(client.text("sums_far_learned", Map.of())).isEqualTo("learned");
        }
    }

    @Test
    void oneThatCanNotBeReachedCostsItsOwnToolsAlone() throws Exception {
        try (McpClient client = McpClient.connect(programs, container.client())) {
            assertThat(client.tools())
                    .containsKey("sums_far_add_up")
                    .noneSatisfy((name, tool) -> assertThat(name).startsWith("sums_moved"))
                    .noneSatisfy((name, tool) -> assertThat(name).startsWith("sums_metadata"));
        }
        assertThat(container.output())
                .contains("of server 'moved'", "no redirect is followed", "of server 'metadata'", "link-local");
    }

    @Test
    void theCredentialIsThatOfTheTenant() throws Exception {
        admin.post("/api/v1/tenants", "{\"slug\":\"acme\"}");
        try (McpClient acme = McpClient.connect(programs, admin.tenant("acme"))) {
            assertThat(acme.tools()).doesNotContainKey("sums_far_add_up").containsKey("near_by_where");
            assertThat(acme.call("sums_far_add_up", Map.of("numbers", List.of(1)))
                            .at("/error/message")
                            .asText())
                    .contains("Unknown tool");
        }
        assertThat(container.output()).contains("has not given plugin 'sums' the credentials 'key'");
    }

    @Test
    void callsToolsOfAProgram() throws Exception {
        try (McpClient client = McpClient.connect(programs, container.client())) {
            assertThat(client.tools()).containsKeys("near_by_where", "near_by_quit");

            JsonNode where = new ObjectMapper().readTree(client.text("near_by_where", Map.of()));
            assertThat(where.path("tenant").asText()).isEqualTo("default");
            assertThat(where.path("env").toString()).doesNotContain("SECRET", "MORTISE_HOME");
            long pid = where.path("pid").asLong();
            assertThat(ProcessHandle.of(pid)).isPresent();
            client.text("near_by_learn", Map.of());
            Wait.until("it is told", () -> client.changes() > 0);
            assertThat(client.tools()).containsKey("near_by_learned");

            JsonNode quit = client.call("near_by_quit", Map.of());
            assertThat(quit.at("/result/isError").asBoolean())
                    .as(quit.toString())
                    .isTrue();
            Wait.until("it is gone", () -> ProcessHandle.of(pid).isEmpty());
            JsonNode again = new ObjectMapper().readTree(client.text("near_by_where", Map.of()));
            long next = again.path("pid").asLong();
            assertThat(next).isNotEqualTo(pid);

            assertThat(admin.post("/api/v1/tenants/default/plugins/near/disable", "")
                            .status())
                    .isEqualTo(200);
            Wait.until("it ends with its plugin", () -> ProcessHandle.of(next).isEmpty());
        }
    }
}
