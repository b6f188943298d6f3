// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Courier;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants give settings and credentials to a plugin, and nobody else ever sees the secrets among them. */
final class SettingsIT {
    private static final Product PRODUCT = Product.find();
    private static final String CANARY = "good-canary-6f1c";
    private static final String PIN = "pin-canary-90ab";
    private static final String TYPED = "typed-canary-33de";
    private static final String PLUGIN = "/api/v1/tenants/acme/plugins/courier";

    @TempDir
    private Path folder;

    private Container container;
    private Client admin;

    @BeforeEach
    void start() throws Exception {
        Path etc = Files.createDirectories(folder.resolve("home/etc/plugins"));
        Files.writeString(etc.resolve("courier.json"), "{\"site\": \"north\"}");
        run();
        admin.post("/api/v1/tenants", "{\"slug\":\"acme\"}");
        container.drop(jar(), "courier.jar");
        container.awaitState("courier", "READY");
    }

    private void run() throws Exception {
        Map<String, String> environment = Map.of(
                "MORTISE_PLUGINS_COURIER_ENV", "COURIER_ROUNDS",
                "COURIER_ROUNDS", "7",
                "COURIER_CURRENCY", "XXX",
                "MORTISE_HOST_TENANT_AUTH_DEADLINE_S", "1");
        container = Container.start(PRODUCT, folder.resolve("home"), environment, "--shell")
                .awaitReady();
        admin = container.admin();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    private Path jar() {
        return plugin("courier")
                .with(
                        "config",
                        Map.of(
                                "currency", Map.of("default", "EUR", "env", "COURIER_CURRENCY", "pattern", "[A-Z]{3}"),
                                "rounds", Map.of("type", "integer", "required", true, "env", "COURIER_ROUNDS"),
                                "pin", Map.of("encrypted", true),
                                "apiKey", Map.of("label", "API key"),
                                "site", Map.of("scope", "container")))
                .with("auth", List.of(Map.of("id", "key", "type", "apiKey", "configField", "apiKey")))
                .jar()
                .withClasses(Courier.class)
                .writeTo(folder.resolve("courier.jar"));
    }

    private Answer configure(String json) {
        return admin.send("PUT", PLUGIN + "/config", json);
    }

    private String told(String what) {
        return admin.tenant("acme").get("/api/v1/p/courier/" + what).body();
    }

    @Test
    void valuesOfTheTenantGoBeforeTheEnvironmentAndThatBeforeTheDefault() throws Exception {
        assertThat(told("currency")).isEqualTo("EUR");
        assertThat(told("rounds")).isEqualTo("7");
        assertThat(told("heard")).contains("site north");

        assertThat(configure("{\"currency\":\"USD\",\"rounds\":0}").status()).isEqualTo(200);

        assertThat(told("currency")).isEqualTo("USD");
        assertThat(told("rounds")).isEqualTo("0");
        assertThat(told("heard")).contains("configUpdated acme USD");
        assertThat(admin.tenant("default").get("/api/v1/p/courier/currency").body())
                .isEqualTo("EUR");

        container.close();
        run();
        container.awaitState("courier", "READY");
        assertThat(told("currency")).isEqualTo("USD");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNothingChanges() {
        Answer refused = configure("{\"currency\":\"usd\",\"rounds\":1.5,\"oops\":1}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(refused.json().path("problems").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/currency", "/rounds", "/oops");
        assertThat(told("currency")).isEqualTo("EUR");
    }

    @Test
    void credentialsAreValidatedByThePluginAndTheTimeIsKept() {
        assertThat(admin.post(PLUGIN + "/validate-auth", "").status()).isEqualTo(409);
        assertThat(credentials(CANARY).json().path("auth").has("validatedAt")).isFalse();
        assertThat(told("heard")).contains("connected acme " + CANARY.length());

        assertThat(admin.post(PLUGIN + "/validate-auth", "").body()).isEqualTo("{\"valid\":true}");
        JsonNode shown = admin.get(PLUGIN).json();
        assertThat(shown.path("auth").path("methodId").asText()).isEqualTo("key");
        assertThat(shown.path("auth").has("validatedAt")).isTrue();
        assertThat(shown.path("config").toString()).isEqualTo("{\"apiKey\":\"****\"}");

        credentials("bad-canary");
        assertThat(admin.post(PLUGIN + "/validate-auth", "").body())
                .isEqualTo("{\"valid\":false,\"message\":\"401: '****' is not known.\"}");
        credentials("slow-canary");
        Answer late = admin.post(PLUGIN + "/validate-auth", "");
        assertThat(late.status()).isEqualTo(504);
    }

    private Answer credentials(String key) {
        String json = "{\"methodId\":\"key\",\"credentials\":{\"apiKey\":\"" + key + "\"}}";
        return admin.send("PUT", PLUGIN + "/auth", json);
    }

    @Test
    void aSecretIsFoundNowhereAndOutlivesTheRotationOfItsKey() throws Exception {
        PipedShell shell = new PipedShell(container);
        StringBuilder seen = new StringBuilder();
        seen.append(configure("{\"pin\":\"" + PIN + "\",\"rounds\":3}").body());
        seen.append(credentials(CANARY).body());
        seen.append(configure("{\"pin\":\"****\",\"apiKey\":\"****\",\"rounds\":\"" + PIN + "\"}")
                .body());
        seen.append(admin.get(PLUGIN + "/config").body());
        seen.append(admin.get("/api/v1/tenants/acme/plugins").body());
        seen.append(admin.post(PLUGIN + "/validate-auth", "").body());
        seen.append(shell.type("config acme courier"));
        seen.append(shell.type("config acme courier rounds 4"));
        assertThat(seen).contains("****");

        assertThat(shell.type("secrets rotate")).startsWith("2 secrets are sealed anew with key ");

        assertThat(told("pin")).isEqualTo("pin of length " + PIN.length());
        assertThat(told("rounds")).isEqualTo("4");
        assertThat(admin.post(PLUGIN + "/validate-auth", "").body()).isEqualTo("{\"valid\":true}");
        shell.type("config acme courier pin " + TYPED);
        assertThat(told("pin")).isEqualTo("pin of length " + TYPED.length());
        Path key = container.home().resolve("data/secrets-key");
        assertThat(Files.readAllLines(key)).hasSize(2);
        assertThat(shell.type("secrets drop")).endsWith("There is no older key.");
        assertThat(Files.readAllLines(key)).hasSize(1);
        assertThat(told("pin")).isEqualTo("pin of length " + TYPED.length());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertNoSecret(seen.toString());
        KeptTexts kept = new KeptTexts(container);
        assertThat(kept.rows()).anyMatch(row -> row.contains("courier") && row.contains("v1."));
        assertNoSecret(kept.logs());
        assertNoSecret(String.join("\n", kept.rows()));
    }

    @Test
    void aTenantHasNothingOfOneThatHadItsNameBefore() {
        String path = "/api/v1/tenants/acme";
        configure("{\"pin\":\"" + PIN + "\",\"currency\":\"USD\"}");
        credentials(CANARY);
        assertThat(told("pin")).isEqualTo("pin of length " + PIN.length());
        assertThat(told("currency")).isEqualTo("USD");

        admin.send("DELETE", path + "?confirm=acme", "");
        Wait.until("the tenant is gone", () -> admin.get(path).status() == 404);
        assertThat(admin.post("/api/v1/tenants", "{\"slug\":\"acme\"}").status())
                .isEqualTo(201);

        assertThat(told("currency")).isEqualTo("EUR");
        assertThat(told("pin")).doesNotContain("of length");
        assertThat(configure("{\"pin\":\"****\"}").status()).isEqualTo(400);
        assertThat(configure("{\"rounds\":2}").json().path("config").toString()).isEqualTo("{\"rounds\":2}");
        assertThat(admin.get(path).json().path("id").asText()).isNotEqualTo("acme");
    }

    private static void assertNoSecret(String text) {
        assertThat(text).isNotEmpty().doesNotContain(CANARY).doesNotContain(PIN).doesNotContain(TYPED);
    }
}
