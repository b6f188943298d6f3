// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.RemoteInstance.Asked;
import dev.mortise.itests.distribution.RemoteInstance.Reply;
import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of plugins in the container to a plugin of which there is nothing but a program elsewhere. */
final class RemotePluginsIT {
    private static final Product PRODUCT = Product.find();
    private static final String SERVICE = "/api/v1/s/stock.versions/version";
    private static final String RELAYED = "/api/v1/p/desk/relay";
    private static final String EVIL = "evil";

    @AutoClose
    private static Container container;

    private static Operator operator;
    private static Client desk;
    private static Client announcer;

    private RemoteInstance remote;
    private RemoteLease lease;
    private Heartbeats heartbeats;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = RemoteHome.start(PRODUCT, folder.resolve("home"), "");
        operator = Operator.of(container);
        operator.install(plugin("desk").wants("stock.versions", "^1.0.0").jar().withClasses(Relay.class));
        desk = PluginClients.of(container, "desk", "default");
        announcer = RemoteLease.announcer(container, "stock");
    }

    @BeforeEach
    void register() throws Exception {
        remote = RemoteInstance.start().answering(200, "{\"from\":\"remote\"}");
        lease = RemoteLease.hold(announcer, body(stock()));
        heartbeats = Heartbeats.of(lease);
    }

    @AfterEach
    void end() {
        heartbeats.close();
        lease.deregister();
        remote.close();
    }

    @Test
    void aCallCarriesWhoCallsAndIsSigned() throws Exception {
        Client user = container
                .client()
                .with("X-Request-Id", "signed-1")
                .with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        Answer answer = user.get(RELAYED);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("from").asText()).isEqualTo("remote");
        Asked asked = remote.last();
        assertThat(asked.method() + " " + asked.target()).isEqualTo("GET /version");
        assertThat(asked.field("X-Mortise-Tenant")).contains("default");
        assertThat(asked.field("X-Mortise-Caller")).contains("desk");
        assertThat(asked.field("X-Mortise-User"))
                .hasValueSatisfying(id -> assertThat(id).isNotEmpty());
        assertThat(asked.field("X-Mortise-Roles")).contains("*");
        assertThat(asked.field("X-Mortise-Request-Id")).contains("signed-1");
        assertThat(asked.field("X-Mortise-Hop"))
                .hasValueSatisfying(hop -> assertThat(hop).matches("[1-8]"));
        assertThat(asked.field("X-Mortise-Deadline-Ms"))
                .hasValueSatisfying(left -> assertThat(Integer.parseInt(left)).isBetween(1, 30_000));
        assertThat(asked.field("traceparent"))
                .hasValueSatisfying(trace -> assertThat(trace).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
        JsonNode claims = HopToken.claims(asked.field("X-Mortise-Token").orElseThrow(), lease.hopKey());
        assertThat(claims.path("aud").asText()).isEqualTo("stock");
        assertThat(claims.path("exp").asLong() - Instant.now().getEpochSecond()).isBetween(1L, 61L);
    }

    @Test
    void aCircleThatAPluginElsewhereClosesAsAClientDoesHasAnEnd() {
        assertThat(desk.with("X-Mortise-Hop", "8").get(RELAYED).code()).isEqualTo("LOOP_DETECTED");
        // A user is no link of a chain, whatever is said.
        assertThat(container.client().with("X-Mortise-Hop", "8").get(RELAYED).status())
                .isEqualTo(200);
    }

    @Test
    void whatAClientSaysOfItselfDoesNotArrive() {
        Client liar = desk;
        for (String name : List.of(
                "X-Mortise-Tenant",
                "X-Mortise-User",
                "x_mortise_roles",
                "X.Mortise.Caller",
                "X-MORTISE-TOKEN",
                "X-Mortise-Hop-",
                "X-Caller-Id",
                "X-Plugin-Id",
                "X-Forwarded-For",
                "Forwarded")) {
            liar = liar.with(name, EVIL);
        }

        Answer answer = liar.get(SERVICE + "?color=red%20one");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Asked asked = remote.last();
        assertThat(asked.target()).isEqualTo("/version?color=red%20one");
        assertThat(asked.fields().values())
                .allSatisfy(values -> assertThat(values).doesNotContain(EVIL));
        assertThat(asked.fields()).doesNotContainKey("Authorization");
        assertThat(asked.field("X-Mortise-Caller")).contains("desk");
        assertThat(asked.field("X-Mortise-Tenant")).contains("default");
    }

    @Test
    void anAnswerComesBackAsItIs() {
        remote.answering(request -> new Reply(
                418, Map.of("Content-Type", "text/plain", "X-Kind", "tea", "X-Mortise-User", EVIL), "short and stout"));

        Answer answer = desk.get(SERVICE);

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("short and stout");
        assertThat(answer.headers().firstValue("X-Kind")).contains("tea");
        assertThat(answer.headers().firstValue("X-Mortise-User")).isEmpty();
    }

    @Test
    void whatIsSaidToAPluginIsNotSaidToItsClient() {
        for (int status : List.of(401, 404, 409, 418, 500)) {
            remote.answering(request -> new Reply(status, Map.of("X-Kind", "tea"), "short and stout"));

            Answer answer = container.client().get(RELAYED);

            assertThat(answer.status()).as(answer.body()).isEqualTo(502);
            assertThat(answer.code()).isEqualTo("SERVICE_FAILED");
            assertThat(answer.body())
                    .contains("stock.versions", " " + status + ",")
                    .doesNotContain("stout");
        }
        remote.answering(request -> new Reply(429, Map.of("Retry-After", "7"), ""));

        Answer busy = container.client().get(RELAYED);

        assertThat(busy.status()).as(busy.body()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (Trap trap = Trap.set()) {
            remote.answering(
                    request -> new Reply(302, Map.of("Location", "http://127.0.0.1:" + trap.port() + "/version"), ""));

            Answer answer = desk.get(SERVICE);

            assertThat(answer.status()).as(answer.body()).isIn(302, 502);
            assertThat(trap.caught()).isZero();
        }
    }

    @Test
    void aPermissionIsAskedForBeforeTheInstanceIs() {
        remote.answering(200, "{}");
        int before = remote.count();

        Answer undeclared =
                PluginClients.of(container, "worker-token", "default").get(SERVICE);

        assertThat(undeclared.status()).as(undeclared.body()).isEqualTo(403);
        assertThat(undeclared.code()).isEqualTo("DEPENDENCY_NOT_DECLARED");
        assertThat(remote.count()).isEqualTo(before);
    }

    @Test
    void aBundleIsNearerAndTheProgramStandsInForIt() throws Exception {
        operator.install(VersionedJar.of(plugin("base").offers("base.things", "1.0.0", "GET /version"), "1.0.0"));
        operator.install(VersionedJar.of(stock().needs("base.things", "^1.0.0"), "1.0.0"));
        try {
            assertThat(desk.get(SERVICE).headers().firstValue("X-Version")).contains("1.0.0");

            container.admin().send("DELETE", Operator.PLUGINS + "/base?force=true", "");
            container.awaitState("stock", "WAITING");

            Wait.until("the program answers", () -> desk.get(SERVICE).body().contains("remote"));
            Answer relayed = container.client().get(RELAYED);
            assertThat(relayed.json().path("from").asText()).as(relayed.body()).isEqualTo("remote");
        } finally {
            container.admin().send("DELETE", Operator.PLUGINS + "/stock?force=true&wait=true", "");
        }
    }

    @Test
    void aProgramWaitsForWhatItRequires() throws Exception {
        lease.deregister();
        lease = RemoteLease.hold(announcer, body(stock().needs("base.things", "^1.0.0")));
        Answer alone = desk.get(SERVICE);
        assertThat(alone.status()).as(alone.body()).isEqualTo(503);
        assertThat(alone.json().path("detail").asText())
                .endsWith("Missing required dependency 'base.things' (^1.0.0) of plugin 'stock': no plugin offers it."
                        + " Deploy plugin 'base'.");

        operator.install(VersionedJar.of(plugin("base").offers("base.things", "1.0.0", "GET /version"), "1.0.0"));
        try {
            assertThat(desk.get(SERVICE).body()).contains("remote");
        } finally {
            container.admin().send("DELETE", Operator.PLUGINS + "/base?force=true&wait=true", "");
        }
        assertThat(desk.get(SERVICE).status()).isEqualTo(503);
    }

    @Test
    void aManifestThatThePlannerRefusesIsNotRegistered() {
        Client thief = RemoteLease.announcer(container, "thief");
        operator.install(VersionedJar.of(plugin("owner").offers("owner.things", "1.0.0", "GET /version"), "1.0.0"));

        Answer refused =
                RemoteLease.order(thief, body(plugin("thief").offers("owner.things", "1.0.0", "GET /version")));

        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.json().at("/problems/0/code").asText())
                .as(refused.body())
                .isEqualTo("CLASH");
        assertThat(container
                        .admin()
                        .get("/api/v1/services/list?pluginId=thief")
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void aJarOfAnotherPluginHasToWaitForTheNameThatIsRegistered() {
        PluginBuilder squatter = plugin("squatter").offers("stock.versions", "1.0.0", "GET /version");

        Answer refused =
                operator.upload("?wait=true", VersionedJar.of(squatter, "1.0.0").bytes());

        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.json().at("/problems/0/code").asText()).isEqualTo("CLASH");
        assertThat(refused.json().at("/problems/0/message").asText())
                .isEqualTo("Service 'stock.versions' of plugin 'squatter' already belongs to plugin 'stock', which is"
                        + " registered from elsewhere.");
        assertThat(desk.get(SERVICE).json().path("from").asText()).isEqualTo("remote");
    }

    @Test
    void aVersionThatIsHereComesWithItsOwnManifestOnly() {
        PluginBuilder twin = plugin("twin").offers("twin.things", "1.0.0", "GET /version");
        operator.install(VersionedJar.of(twin, "1.0.0"));
        Client program = RemoteLease.announcer(container, "twin");

        Answer same = RemoteLease.order(program, body(twin));
        Answer other = RemoteLease.order(program, body(plugin("twin").offers("twin.other", "1.0.0", "GET /version")));

        assertThat(same.status()).as(same.body()).isEqualTo(201);
        assertThat(other.status()).as(other.body()).isEqualTo(409);
    }

    private static PluginBuilder stock() {
        return plugin("stock").version("1.0.0").offers("stock.versions", "1.0.0", "GET /version");
    }

    private String body(PluginBuilder described) {
        return "{\"baseUrl\":\"%s\",\"node\":\"n-2\",\"manifest\":%s}".formatted(remote.baseUrl(), described.json());
    }
}
