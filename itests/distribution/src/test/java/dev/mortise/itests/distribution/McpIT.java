// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Talker;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.PluginJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools of plugins, listed and called by a client that the public SDK makes. */
final class McpIT {
    private static final Product PRODUCT = Product.find();
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},
             "clientInfo":{"name":"bare","version":"1"}}}""";

    private static McpPrograms programs;

    @AutoClose
    private static Container container;

    private static Client admin;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        programs = McpPrograms.find();
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        admin = container.admin();
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.drop(PRODUCT.example("email"), "email.jar");
        Operator operator = Operator.of(container);
        operator.install(talker(plugin("talker"), "1.0.0"));
        operator.install(talker(plugin("away").runsAs("worker"), "1.0.0"));
        for (String id : List.of("inventory", "email", "talker", "away", "worker-token")) {
            container.awaitState(id, "READY");
        }
    }

    private static PluginJar talker(PluginBuilder builder, String version) {
        return builder.version(version).jar().withClasses(Talker.class).withEntry("version", version);
    }

    private static McpClient client() throws Exception {
        return McpClient.connect(programs, container.client());
    }

    /** Answers a client of the tenant default whose token has these permissions. */
    private static McpClient with(String... permissions) throws Exception {
        String list = permissions.length == 0 ? "" : "\"" + String.join("\",\"", permissions) + "\"";
        Answer made = container
                .client()
                .post("/api/v1/p/worker-token/tokens", "{\"name\":\"model\",\"permissions\":[" + list + "]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return McpClient.connect(
                programs, container.anonymous().token(made.json().path("token").asText()));
    }

    @Test
    void listsAndCallsToolsOfABundle() throws Exception {
        assertThat(container
                        .client()
                        .post(
                                "/api/v1/p/inventory/products",
                                "{\"name\":\"Saw\",\"sku\":\"mcp-1\",\"price\":19.90,\"quantity\":3}")
                        .status())
                .isEqualTo(201);
        try (McpClient client = client()) {
            JsonNode tool = client.tools().get("inventory_find_products");

            assertThat(tool.path("description").asText())
                    .isEqualTo("Finds products by name or sku, with price and quantity.");
            assertThat(tool.at("/inputSchema/properties/limit/maximum").asInt()).isEqualTo(100);
            JsonNode found = client.call("inventory_find_products", Map.of("search", "mcp-1"));
            assertThat(found.at("/result/structuredContent/total").asInt())
                    .as(found.toString())
                    .isEqualTo(1);
            assertThat(found.at("/result/content/0/text").asText()).contains("\"price\":19.90");
        }
    }

    @Test
    void aToolIsTheSameInAWorker() throws Exception {
        try (McpClient client = client()) {
            assertThat(client.tools()).containsKeys("talker_who", "away_who", "email_send_email");
            assertThat(client.tools().get("talker_echo").path("inputSchema"))
                    .isEqualTo(client.tools().get("away_echo").path("inputSchema"));
            for (String plugin : List.of("talker", "away")) {
                JsonNode who = client.call(plugin + "_who", Map.of()).at("/result/structuredContent");
                assertThat(who.path("tenant").asText()).as(plugin).isEqualTo("default");
                assertThat(who.path("identity").asText()).as(plugin).startsWith("admin:");
                assertThat(who.path("hop").asInt()).as(plugin).isZero();
                assertThat(client.text(plugin + "_echo", Map.of("text", "again")))
                        .isEqualTo("again");
            }
            assertThat(client.text("email_send_email", Map.of("to", "ada@example.org", "subject", "Hello")))
                    .startsWith("Sent as ");
        }
    }

    @Test
    void aModelIsToldWhatWentWrong() throws Exception {
        try (McpClient client = client()) {
            for (String plugin : List.of("talker", "away")) {
                JsonNode refused = client.call(plugin + "_refuse", Map.of());
                assertThat(refused.at("/result/isError").asBoolean()).isTrue();
                assertThat(refused.at("/result/content/0/text").asText())
                        .isEqualTo("There is no such thing. Ask for another.");

                JsonNode broken = client.call(plugin + "_break", Map.of());
                assertThat(broken.at("/result/isError").asBoolean()).isTrue();
                assertThat(broken.toString()).doesNotContain("a secret of the plugin");

                JsonNode wrong = client.call(plugin + "_echo", Map.of("text", "x".repeat(21), "more", 1));
                assertThat(wrong.at("/result/isError").asBoolean())
                        .as(wrong.toString())
                        .isTrue();
                assertThat(wrong.at("/result/content/0/text").asText())
                        .contains("do not keep to the schema of '" + plugin + "_echo'", "20 characters", "more");
            }
        }
    }

    @Test
    void whoMayNotCallAToolDoesNotSeeIt() throws Exception {
        try (McpClient some = with("plugin.talker.tools");
                McpClient all = with("plugin.talker.tools", "plugin.talker.hidden");
                McpClient none = with()) {
            assertThat(some.tools()).containsOnlyKeys("talker_who", "talker_echo", "talker_refuse", "talker_break");
            assertThat(all.tools()).containsKey("talker_hidden");
            assertThat(none.tools()).isEmpty();

            assertThat(some.text("talker_who", Map.of())).contains("\"tenant\":\"default\"");
            JsonNode denied = some.call("talker_hidden", Map.of());
            assertThat(denied.at("/error/data/code").asText())
                    .as(denied.toString())
                    .isEqualTo("PERMISSION_DENIED");
            assertThat(denied.at("/error/message").asText()).contains("plugin.talker.hidden");
            assertThat(all.text("talker_hidden", Map.of())).contains("default");
            assertThat(none.call("inventory_find_products", Map.of())
                            .at("/error/data/code")
                            .asText())
                    .isEqualTo("PERMISSION_DENIED");
        }
    }

    @Test
    void aToolOfAnotherTenantIsAsUnknownAsOneThatNobodyHas() throws Exception {
        admin.post("/api/v1/tenants", "{\"slug\":\"acme\"}");
        assertThat(admin.post("/api/v1/tenants/acme/plugins/talker/disable", "").status())
                .isEqualTo(200);
        try (McpClient acme = McpClient.connect(programs, admin.tenant("acme"))) {
            assertThat(acme.tools()).containsKey("away_who").doesNotContainKey("talker_who");
            assertThat(acme.text("away_who", Map.of())).doesNotContain("\"tenant\":\"default\"");

            JsonNode foreign = acme.call("talker_who", Map.of());
            JsonNode nobodys = acme.call("nobody_who", Map.of());

            assertThat(foreign.toString().replace("talker", "nobody")).isEqualTo(nobodys.toString());
            assertThat(nobodys.at("/error/message").asText()).contains("Unknown tool: nobody_who");
            assertThat(acme.call("away_nothing", Map.of()).at("/error/code")).isEqualTo(nobodys.at("/error/code"));
        }
    }

    @Test
    void tellsThatThereAreOtherTools() throws Exception {
        Operator operator = Operator.of(container);
        operator.install(talker(plugin("changing"), "1.0.0"));
        try (McpClient client = client()) {
            assertThat(client.tools()).containsKey("changing_who").doesNotContainKey("changing_more");

            operator.install(talker(plugin("changing"), "1.1.0"));
            Wait.until("it is told", () -> client.changes() > 0);
            assertThat(client.tools()).containsKey("changing_more");
            assertThat(client.text("changing_who", Map.of())).contains("\"version\":\"1.1.0\"");

            int before = client.changes();
            assertThat(admin.send("DELETE", Operator.PLUGINS + "/changing?wait=true", "")
                            .status())
                    .isEqualTo(200);
            Wait.until("it is told again", () -> client.changes() > before);
            assertThat(client.tools()).doesNotContainKey("changing_who");
            assertThat(client.call("changing_who", Map.of())
                            .at("/error/message")
                            .asText())
                    .contains("Unknown tool");
            assertThat(client.end().path("result").asBoolean()).isTrue();
        }
    }

    @Test
    void aSessionIsForWhoBeganIt() {
        Client mine = container.client();
        Answer begun = mine.post("/mcp", INITIALIZE);
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        assertThat(begun.json().at("/result/protocolVersion").asText()).isEqualTo("2025-06-18");
        String session = begun.headers().firstValue("Mcp-Session-Id").orElseThrow();
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}";

        assertThat(mine.with("Mcp-Session-Id", session).post("/mcp", ping).status())
                .isEqualTo(200);
        assertThat(mine.post("/mcp", ping).status()).isEqualTo(400);
        assertThat(mine.with("Mcp-Session-Id", "nobodys").post("/mcp", ping).status())
                .isEqualTo(404);
        assertThat(PluginClients.of(container, "talker", "default")
                        .with("Mcp-Session-Id", session)
                        .post("/mcp", ping)
                        .status())
                .isEqualTo(404);
        assertThat(mine.with("Mcp-Session-Id", session)
                        .with("Origin", "https://evil.example.org")
                        .post("/mcp", ping)
                        .status())
                .isEqualTo(403);
        assertThat(mine.with("Mcp-Session-Id", session)
                        .send("DELETE", "/mcp", "")
                        .status())
                .isEqualTo(204);
        assertThat(mine.with("Mcp-Session-Id", session).post("/mcp", ping).status())
                .isEqualTo(404);
        assertThat(container.anonymous().post("/mcp", INITIALIZE).status()).isEqualTo(401);
        assertThat(container.anonymous().get("/mcp").status()).isEqualTo(401);
        assertThat(admin.post("/mcp", INITIALIZE).json().path("code").asText()).isEqualTo("TENANT_REQUIRED");
    }
}
