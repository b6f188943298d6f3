// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.Provider.Behaviour;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants connect a plugin with an authorization server; each test has a tenant of its own in one container. */
final class OAuthIT {
    @TempDir
    private static Path folder;

    private static Container container;
    private static Provider provider;
    private static Client admin;

    @BeforeAll
    static void start() throws Exception {
        provider = Provider.start();
        Path etc = Files.createDirectories(folder.resolve("home/etc/plugins"));
        Files.writeString(
                etc.resolve("broker.json"), "{\"clientId\":\"me\",\"clientSecret\":\"" + Provider.SECRET + "\"}");
        Map<String, String> environment = Map.of(
                "MORTISE_HOST_OAUTH_DEADLINE_S", "2",
                "MORTISE_HOST_OAUTH_RETRY_S", "1",
                "MORTISE_HOST_OAUTH_REDIRECT_URIS", Provider.BACK);
        container = Container.start(Product.find(), folder.resolve("home"), environment)
                .awaitReady();
        admin = container.admin();
        container.drop(provider.broker().writeTo(folder.resolve("broker.jar")), "broker.jar");
        container.awaitState("broker", "READY");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
        provider.close();
    }

    @BeforeEach
    void mend() {
        provider.behaviour = Behaviour.GOOD;
        provider.seconds = 3600;
    }

    /** A tenant, and what it does. */
    private record Tenant(String slug) {
        static Tenant add(String slug) {
            assertThat(admin.post("/api/v1/tenants", "{\"slug\":\"" + slug + "\"}")
                            .status())
                    .isEqualTo(201);
            return new Tenant(slug);
        }

        String path(String rest) {
            return "/api/v1/tenants/" + slug + "/plugins/broker" + rest;
        }

        /** Begins, and answers what the browser comes back with. */
        String browse() {
            Answer begun = admin.post(path("/auth/authorize"), "{}");
            assertThat(begun.status()).as(begun.body()).isEqualTo(200);
            return Provider.browse(begun.json().path("authorizationUrl").asText());
        }

        Tenant connect() {
            Answer connected = admin.post(path("/auth/callback"), browse());
            assertThat(connected.status()).as(connected.body()).isEqualTo(200);
            return this;
        }

        JsonNode connection() {
            return admin.get(path("")).json().path("auth").path("connection");
        }

        Answer number() {
            return admin.tenant(slug).get("/api/v1/p/broker/number");
        }

        String heard() {
            return admin.tenant(slug).get("/api/v1/p/broker/heard").body();
        }
    }

    @Test
    void connectsAPluginTellsItAndTakesTheTokensBack() {
        Tenant acme = Tenant.add("acme");
        assertThat(acme.number().status()).isEqualTo(503);
        assertThat(acme.number().body()).contains("Plugin 'broker' of tenant 'acme' is not connected. Connect it.");

        acme.connect();

        String number = acme.number().body();
        assertThat(acme.heard()).contains("connected acme " + number);
        assertThat(acme.connection().path("state").asText()).isEqualTo("connected");
        assertThat(acme.connection().path("accessToken").asText()).isEqualTo("****");
        assertThat(admin.send("DELETE", acme.path("/auth"), "")
                        .json()
                        .path("revoked")
                        .asBoolean())
                .isTrue();
        assertThat(provider.revoked).contains(Provider.REFRESH + "-" + number);
        assertThat(acme.heard()).contains("configUpdated acme nothing");
        assertThat(acme.number().status()).isEqualTo(503);
    }

    @Test
    void tellsAPluginInAProcessOfConnectionsAndNotOfRenewals() {
        Tenant zeta = Tenant.add("zeta");
        move("worker");
        try {
            provider.seconds = 2;
            zeta.number(); // a process starts with its tenant's first call
            String first = zeta.connect().number().body();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> zeta.number().status() == 200
                            && Integer.parseInt(zeta.number().body()) > Integer.parseInt(first) + 1);
            assertThat(zeta.heard()).containsOnlyOnce("connected zeta");

            provider.seconds = 3600;
            zeta.connect();
            await().untilAsserted(() ->
                    assertThat(zeta.heard().split("connected zeta", -1)).hasSize(3));
        } finally {
            move("bundle");
        }
    }

    private static void move(String location) {
        Answer moved = admin.post("/api/v1/plugins/broker/move?wait=true", "{\"location\":\"" + location + "\"}");
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    }

    @Test
    void takesAStateOnceAndOnlyOfTheOneWhoBegan() {
        Tenant beta = Tenant.add("beta");
        Tenant other = Tenant.add("beta-two");
        String came = beta.browse();
        String token = admin.post("/api/v1/tokens", "{\"kind\":\"admin\"}")
                .json()
                .path("token")
                .asText();
        Client eve = container.anonymous().token(token);

        assertThat(eve.post(beta.path("/auth/callback"), came).status()).isEqualTo(400);
        assertThat(admin.post(other.path("/auth/callback"), came).status()).isEqualTo(400);
        assertThat(admin.post(beta.path("/auth/callback"), came).status()).isEqualTo(200);
        assertThat(admin.post(beta.path("/auth/callback"), came).status()).isEqualTo(400);
        assertThat(container.anonymous().post(beta.path("/auth/callback"), came).status())
                .isEqualTo(401);
    }

    @Test
    void renewsOnceForManyCallsAndNeverUsesATokenTwice() {
        provider.seconds = 2;
        Tenant gamma = Tenant.add("gamma").connect();
        provider.seconds = 3600;
        Instant end = Instant.parse(gamma.connection().path("expiresAt").asText());
        await().until(() -> Instant.now().isAfter(end));
        int before = provider.refreshes.get();

        List<CompletableFuture<String>> calls = IntStream.range(0, 16)
                .mapToObj(call ->
                        CompletableFuture.supplyAsync(() -> gamma.number().body()))
                .toList();

        assertThat(calls)
                .extracting(CompletableFuture::join)
                .containsOnly(gamma.number().body());
        assertThat(provider.refreshes).hasValue(before + 1);
        assertThat(provider.stolen).isEmpty();
    }

    @Test
    void outlivesServersThatFailAreSlowOrHostile() {
        provider.seconds = 2;
        Tenant delta = Tenant.add("delta").connect();
        for (Behaviour bad : List.of(Behaviour.FAILING, Behaviour.SLOW, Behaviour.REDIRECTING, Behaviour.ENDLESS)) {
            provider.behaviour = bad;
            await(bad.name()).atMost(Duration.ofSeconds(60)).until(() -> {
                delta.number();
                return delta.connection().path("state").asText().equals("failing");
            });
            assertThat(delta.connection().path("problem").asText()).contains("It is asked again.");
            provider.behaviour = Behaviour.GOOD;
            await(bad.name() + " mended")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> delta.number().status() == 200
                            && delta.connection().path("state").asText().equals("connected"));
        }
        assertThat(provider.stolen).isEmpty();
    }

    @Test
    void leavesNoSecretAnywhere() throws Exception {
        provider.seconds = 2;
        Tenant epsilon = Tenant.add("epsilon").connect();
        StringBuilder seen = new StringBuilder();
        provider.behaviour = Behaviour.QUOTING;
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            seen.append(epsilon.number().body());
            return epsilon.connection().path("state").asText().equals("reconnect");
        });
        seen.append(admin.post(epsilon.path("/auth/callback"), epsilon.browse()).body());
        seen.append(admin.get(epsilon.path("/config")).body());
        provider.behaviour = Behaviour.GOOD;
        provider.seconds = 3600;
        epsilon.connect();
        seen.append(admin.post(epsilon.path("/validate-auth"), "").body());
        seen.append(admin.get(epsilon.path("")).body());

        KeptTexts kept = new KeptTexts(container);
        assertThat(seen)
                .contains("401: **** is not known.")
                .contains("invalid_grant")
                .contains("Connect plugin 'broker' again.");
        assertThat(kept.rows())
                .anyMatch(row -> row.contains("epsilon") && row.contains("oauth") && row.contains("v1."));
        for (String text : List.of(seen.toString(), kept.logs(), String.join("\n", kept.rows()))) {
            assertThat(text)
                    .doesNotContain(Provider.ACCESS)
                    .doesNotContain(Provider.REFRESH)
                    .doesNotContain(Provider.CODE)
                    .doesNotContain(Provider.SECRET);
        }
    }
}
