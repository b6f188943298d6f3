// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.RemoteInstance.Asked;
import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.EndpointBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call of a plugin for a user says who both are, and needs what both may do. */
final class DelegatedCallsIT {
    private static final Product PRODUCT = Product.find();
    private static final String PERMISSION = "plugin.stock.read";

    private static Container container;
    private static RemoteInstance remote;
    private static RemoteLease lease;
    private static Heartbeats heartbeats;

    private int before;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = RemoteHome.start(PRODUCT, folder.resolve("home"), "");
        Operator operator = Operator.of(container);
        operator.install(plugin("desk").wants("stock.versions", "^1.0.0").jar().withClasses(Relay.class));
        operator.install(plugin("snoop").jar().withClasses(Relay.class));
        container.awaitState("worker-token", "READY");
        remote = RemoteInstance.start().answering(200, "{\"from\":\"remote\"}");
        String manifest = plugin("stock")
                .offers(
                        "stock.versions",
                        "1.0.0",
                        EndpointBuilder.endpoint("GET /version").needing(PERMISSION))
                .json();
        lease = RemoteLease.hold(
                RemoteLease.announcer(container, "stock"),
                "{\"baseUrl\":\"%s\",\"manifest\":%s}".formatted(remote.baseUrl(), manifest));
        heartbeats = Heartbeats.of(lease);
    }

    @AfterAll
    static void stop() throws Exception {
        heartbeats.close();
        remote.close();
        container.close();
    }

    @BeforeEach
    void count() {
        before = remote.count();
    }

    @Test
    void aCallThatBothMayMakeCarriesBoth() throws Exception {
        Answer answer = relayed("desk", user("reader", PERMISSION));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Asked asked = remote.last();
        assertThat(asked.field("X-Mortise-Caller")).contains("desk");
        assertThat(asked.field("X-Mortise-User"))
                .hasValueSatisfying(id -> assertThat(id).isNotEmpty().isNotEqualTo("plugin:desk"));
        JsonNode claims = HopToken.claims(asked.field("X-Mortise-Token").orElseThrow(), lease.hopKey());
        assertThat(claims.path("aud").asText()).isEqualTo("stock");
        assertThat(claims.toString())
                .contains("desk", asked.field("X-Mortise-User").orElseThrow());
        assertThat(asked.fields()).as("the user's own token").doesNotContainKey("Authorization");
    }

    @Test
    void aUserWhoMayNotIsRefusedAlthoughThePluginMay() {
        Answer answer = relayed("desk", user("stranger", "plugin.other.read"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("PERMISSION_DENIED");
        assertThat(remote.count()).isEqualTo(before);
    }

    @Test
    void aPluginThatMayNotIsRefusedAlthoughTheUserMay() {
        double refused = MetricsPage.of(container).sum("mortise_refusals_total", "code", "DEPENDENCY_NOT_DECLARED");

        Answer answer = relayed("snoop", user("second-reader", PERMISSION));

        // It is the plugin's own fault, which its user could do nothing about.
        assertThat(answer.status()).as(answer.body()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("INTERNAL");
        assertThat(MetricsPage.of(container).sum("mortise_refusals_total", "code", "DEPENDENCY_NOT_DECLARED"))
                .isEqualTo(refused + 1);
        assertThat(remote.count()).isEqualTo(before);
    }

    private static Answer relayed(String plugin, Client user) {
        return user.get("/api/v1/p/" + plugin + "/relay");
    }

    private static Client user(String name, String permission) {
        Answer made = container
                .client()
                .post(
                        "/api/v1/p/worker-token/tokens",
                        "{\"name\":\"%s\",\"permissions\":[\"%s\"]}".formatted(name, permission));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return container.anonymous().token(made.json().path("token").asText());
    }
}
