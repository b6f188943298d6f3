// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.distribution.plugins.Sluggish;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator writes into etc/ counts in place of what services announce, of a jar and of a program elsewhere. */
final class ServiceOverridesIT {
    private static final Product PRODUCT = Product.find();
    private static final String LOCAL = "/api/v1/p/local/count";
    private static final String REMOTE = "/api/v1/s/stock.versions/version";
    private static final String RELAYED = "/api/v1/p/desk/relay";
    private static final String HUGE = "1000000";

    @AutoClose
    private static Container container;

    private static Client client;
    private static Client desk;
    private static Client announcer;

    private RemoteInstance remote;
    private RemoteLease lease;
    private Heartbeats heartbeats;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = RemoteHome.start(PRODUCT, folder.resolve("home"), "");
        client = container.client();
        Operator operator = Operator.of(container);
        operator.install(plugin("desk").wants("stock.versions", "^1.0.0").jar().withClasses(Relay.class));
        operator.install(plugin("local")
                .with("api", services("local.counts", "/count", Map.of("rateLimit", 1000, "cacheTTL", 600)))
                .jar()
                .withClasses(Sluggish.class));
        desk = PluginClients.of(container, "desk", "default");
        announcer = RemoteLease.announcer(container, "stock");
    }

    @BeforeEach
    void register() throws Exception {
        remote = RemoteInstance.start().answering(200, "{\"from\":\"remote\"}");
        String manifest = plugin("stock")
                .with("api", services("stock.versions", "/version", Map.of("rateLimit", 1000)))
                .json();
        lease = RemoteLease.hold(
                announcer,
                "{\"baseUrl\":\"%s\",\"node\":\"n-2\",\"manifest\":%s}".formatted(remote.baseUrl(), manifest));
        heartbeats = Heartbeats.of(lease);
    }

    @AfterEach
    void end() throws Exception {
        write("");
        Wait.until("all as announced", () -> !(metadata("local") + " " + metadata("stock")).contains("Source"));
        heartbeats.close();
        lease.deregister();
        remote.close();
    }

    @Test
    void aRateCountsForTheNextCallsOfClientsAndPlugins() throws Exception {
        assertThat(policy(LOCAL, client)).isEqualTo("\"local.counts\";q=1000;w=1");
        String registered = container.admin().get("/api/v1/plugins").body();

        write("rate.services.per.second = local.counts=1, stock.versions=1\n");

        Wait.until("the rate of the jar", () -> policy(LOCAL, client).contains("q=1;"));
        Wait.until("a refusal of the jar", () -> client.get(LOCAL).code().equals("RATE_LIMITED"));
        Wait.until("a refusal of the program", () -> desk.get(REMOTE).code().equals("RATE_LIMITED"));
        Wait.until("a refusal between plugins", () -> client.get(RELAYED).status() == 503);
        assertThat(container.admin().get("/api/v1/plugins").body()).isEqualTo(registered);

        write("rate.services.per.second = *=" + HUGE + "\n");

        Wait.until("no such rate any more", () -> policy(LOCAL, client).contains("q=" + HUGE + ";"));
        assertThat(client.get(RELAYED).json().path("from").asText()).isEqualTo("remote");
    }

    @Test
    void anAnswerIsKeptOrNotAsTheOperatorSays() throws Exception {
        String first = client.get(LOCAL).body();
        assertThat(client.get(LOCAL).body()).isEqualTo(first);
        int asked = remote.count();
        desk.get(REMOTE);
        desk.get(REMOTE);
        assertThat(remote.count()).isEqualTo(asked + 2);

        write("cache.services.seconds = local.counts=0, stock.versions=600\n");

        Wait.until("nothing is kept", () -> !client.get(LOCAL).body().equals(first));
        String next = client.get(LOCAL).body();
        assertThat(client.get(LOCAL).body()).isNotEqualTo(next);
        desk.get(REMOTE);
        int kept = remote.count();
        desk.get(REMOTE);
        assertThat(remote.count()).isEqualTo(kept);
    }

    @Test
    void whatHoldsIsShownWithAWordOnWhoSetIt() throws Exception {
        assertThat(metadata("stock").path("rateLimit").asText()).isEqualTo("1000");

        write("rate.services.per.second = stock.versions=50, local=5\ncache.services.seconds = local.counts=0\n");

        Wait.until(
                "the operator's rate",
                () -> metadata("stock").path("rateLimit").asText().equals("50"));
        assertThat(metadata("stock").path("rateLimitSource").asText()).isEqualTo("operator: 50; announced: 1000");
        assertThat(metadata("local").has("cacheTTL")).isFalse();
        assertThat(metadata("local").path("cacheTTLSource").asText()).isEqualTo("operator: none; announced: 600");
        String wrong = "rate.services.per.second in etc/gateway.properties: 'local=5' is left out";
        Answer health = container.admin().get("/health");
        assertThat(health.body()).contains("service limits", wrong);
        assertThat(container.home().resolve("log/mortise.log")).content().contains(wrong);
    }

    private static JsonNode metadata(String plugin) {
        return container
                .admin()
                .get("/api/v1/services/list?pluginId=" + plugin)
                .json()
                .at("/services/0/metadata");
    }

    private static String policy(String path, Client caller) {
        return caller.get(path).headers().firstValue("RateLimit-Policy").orElse("");
    }

    private static Map<String, Object> services(String name, String path, Map<String, Object> metadata) {
        return Map.of(
                "services",
                List.of(Map.of(
                        "name",
                        name,
                        "version",
                        "1.0.0",
                        "endpoints",
                        List.of(Map.of("method", "GET", "path", path)),
                        "metadata",
                        metadata)));
    }

    private static void write(String text) throws IOException {
        Files.writeString(container.home().resolve("etc/gateway.properties"), text);
    }
}
