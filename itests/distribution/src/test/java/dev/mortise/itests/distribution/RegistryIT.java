// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.RemoteInstance.Reply;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program elsewhere registers as one instance more of a deployed plugin, says that it is there, falls silent, and goes. */
final class RegistryIT {
    private static final Product PRODUCT = Product.find();
    private static final String DISCOVER = "/api/v1/services/discover?serviceName=inventory.products&version=%5E1.0.0";

    @AutoClose
    private static Container container;

    private static Client admin;
    private static Client inventory;
    private static Client reports;

    private RemoteInstance remote;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = RemoteHome.start(
                PRODUCT, folder.resolve("home"), "registry.heartbeat.seconds = 1\nregistry.stale.seconds = 2\n");
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.awaitState("inventory", "READY");
        admin = container.admin();
        inventory = RemoteLease.announcer(container, "inventory");
        reports = RemoteLease.announcer(container, "reports");
    }

    @BeforeEach
    void serve() throws Exception {
        remote = RemoteInstance.start();
    }

    @AfterEach
    void end() {
        remote.close();
    }

    @Test
    void aSecondInstanceIsListedAndDiscoveredBehindTheBundle() {
        RemoteLease lease = hold();

        Heartbeats beating = Heartbeats.of(lease);
        try (beating) {
            JsonNode listed = lease.listed(admin);
            assertThat(listed.path("location").asText()).isEqualTo("remote");
            assertThat(status(lease)).isEqualTo("HEALTHY");
            assertThat(listed.path("serviceName").asText()).isEqualTo("inventory.products");
            assertThat(listed.path("pluginId").asText()).isEqualTo("inventory");
            assertThat(listed.path("nodeId").asText()).isEqualTo("n-2");
            assertThat(listed.path("address").asText()).isEqualTo(remote.baseUrl());
            assertThat(lease.listed(reports).has("address")).isFalse();

            JsonNode found = admin.get(DISCOVER).json();
            assertThat(found.at("/services/0/location").asText()).isEqualTo("bundle");
            assertThat(found.at("/services").findValuesAsText("serviceId")).contains(lease.serviceId());
        }
        assertThat(lease.deregister().status()).isEqualTo(200);
    }

    @Test
    void silenceMakesItUnavailableAndAHeartbeatRevivesIt() {
        RemoteLease lease = hold();
        assertThat(lease.ttlSeconds()).isEqualTo(2);
        assertThat(status(lease)).isEqualTo("HEALTHY");

        Wait.until("it is UNAVAILABLE", () -> status(lease).equals("UNAVAILABLE"));

        assertThat(admin.get(DISCOVER).body()).doesNotContain(lease.serviceId());
        assertThat(remote.count()).as("nobody asks one that sends heartbeats").isZero();
        Answer beat = lease.heartbeat();
        assertThat(beat.status()).as(beat.body()).isEqualTo(200);
        assertThat(beat.json().path("status").asText()).isEqualTo("HEALTHY");
        assertThat(admin.get(DISCOVER).body()).contains(lease.serviceId());
        assertThat(lease.deregister().status()).isEqualTo(200);
    }

    @Test
    void heartbeatsKeepItBeyondItsLease() throws Exception {
        RemoteLease lease = hold();
        Heartbeats beating = Heartbeats.of(lease);
        try (beating;
                RemoteInstance other = RemoteInstance.start()) {
            RemoteLease silent = RemoteLease.hold(inventory, body(other, ""));

            Wait.until("the other one's lease is over", () -> status(silent).equals("UNAVAILABLE"));

            assertThat(status(lease)).isEqualTo("HEALTHY");
            assertThat(silent.deregister().status()).isEqualTo(200);
        }
        assertThat(lease.deregister().status()).isEqualTo(200);
    }

    @Test
    void anotherTokenIsNoProof() {
        RemoteLease first = hold();
        RemoteLease second = hold();

        for (Answer answer : new Answer[] {first.with("guessed").heartbeat(), first.heartbeat(), first.deregister()}) {
            assertThat(answer.status()).as(answer.body()).isIn(404, 409);
        }
        assertThat(second.with("guessed").heartbeat().status()).isEqualTo(409);
        assertThat(second.with("guessed").health("DEGRADED").status()).isEqualTo(409);
        assertThat(second.with("guessed").deregister().status()).isEqualTo(409);
        assertThat(second.heartbeat().status()).isEqualTo(200);
        assertThat(second.deregister().status()).isEqualTo(200);
    }

    @Test
    void aCredentialOfAnotherPluginIsForbidden() {
        RemoteLease lease = hold();

        Answer registered = RemoteLease.order(reports, body(remote, ",'pluginId':'inventory'"));
        Answer beaten = lease.by(reports).heartbeat();

        assertThat(registered.status()).as(registered.body()).isEqualTo(403);
        assertThat(registered.json().path("detail").asText()).contains("'reports'", "'inventory'");
        assertThat(beaten.status()).as(beaten.body()).isEqualTo(403);
        assertThat(beaten.json().path("detail").asText()).contains("'reports'", "'inventory'");
        assertThat(lease.by(reports).deregister().status()).isEqualTo(403);
        assertThat(RemoteLease.order(container.anonymous(), body(remote, "")).status())
                .isEqualTo(401);
        assertThat(lease.deregister().status()).isEqualTo(200);
    }

    @Test
    void aPlaceIsFreeForAnotherCredentialOnlyWhenItsHolderIsSilent() {
        RemoteLease lease = hold();
        Client other = RemoteLease.announcer(container, "inventory");
        Heartbeats beating = Heartbeats.of(lease);
        try (beating) {
            assertThat(RemoteLease.order(other, body(remote, "")).status()).isEqualTo(409);
        }

        Wait.until("it is UNAVAILABLE", () -> status(lease).equals("UNAVAILABLE"));

        RemoteLease taken = RemoteLease.hold(other, body(remote, ""));
        assertThat(lease.heartbeat().status()).as("the former holder").isIn(404, 409);
        assertThat(taken.deregister().status()).isEqualTo(200);
    }

    @Test
    void itSaysHowItIs() {
        RemoteLease lease = hold();

        assertThat(lease.health("DEGRADED").status()).isEqualTo(200);
        assertThat(lease.heartbeat().json().path("status").asText()).isEqualTo("DEGRADED");
        assertThat(status(lease)).isEqualTo("DEGRADED");

        assertThat(lease.health("UNAVAILABLE").status()).isEqualTo(200);
        assertThat(admin.get(DISCOVER).body()).doesNotContain(lease.serviceId());
        assertThat(lease.heartbeat().json().path("status").asText()).isEqualTo("HEALTHY");
        assertThat(lease.deregister().status()).isEqualTo(200);
    }

    @Test
    void itGoes() {
        RemoteLease lease = hold();

        assertThat(lease.deregister().status()).isEqualTo(200);

        assertThat(lease.listed(admin).isMissingNode()).isTrue();
        assertThat(lease.heartbeat().status()).isEqualTo(404);
    }

    @Test
    void oneThatSendsNoHeartbeatsIsAsked() {
        AtomicReference<String> health = new AtomicReference<>("{\"status\":\"ok\"}");
        remote.answering(request -> request.target().equals("/health") ? page(health.get()) : Reply.of(404, ""));
        RemoteLease lease = RemoteLease.hold(inventory, body(remote, ",'health':'poll'"));

        for (String said : new String[] {"HEALTHY {'status':'ok'}", "DEGRADED {'status':'degraded'}", "UNAVAILABLE "}) {
            health.set(said.substring(said.indexOf(' ') + 1).replace('\'', '"'));
            Wait.until("it is " + said, () -> status(lease).equals(said.substring(0, said.indexOf(' '))));
        }
        assertThat(lease.deregister().status()).isEqualTo(200);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        Answer refused = RemoteLease.order(inventory, "{'baseUrl':'','nodes':3,'manifest':{'id':'inventory'}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("problems").findValuesAsText("pointer"))
                .as(refused.body())
                .contains("/baseUrl", "/nodes", "/manifest");
        assertThat(refused.json().path("detail").asText()).contains("'name' is missing", "'version' is missing");
    }

    private RemoteLease hold() {
        return RemoteLease.hold(inventory, body(remote, ""));
    }

    private static String body(RemoteInstance instance, String more) {
        return "{'serviceName':'inventory.products','node':'n-2','baseUrl':'" + instance.baseUrl() + "'" + more + "}";
    }

    private static Reply page(String text) {
        return Reply.of(text.isEmpty() ? 500 : 200, text);
    }

    private static String status(RemoteLease lease) {
        return lease.listed(admin).path("status").asText();
    }
}
