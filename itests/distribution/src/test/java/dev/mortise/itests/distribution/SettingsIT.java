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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants give settings and credentials to a plugin, and nobody else ever sees the secrets among them. */
final class SettingsIT {
    private static final Product PRODUCT = Product.find();
    private static final String CANARY = "good-canary-6f1c";
    private static final String PIN = "pin-canary-90ab";
    private static final String TYPED = "typed-canary-33de";

    @TempDir
    private static Path folder;

    private static Container container;
    private static Client admin;

    @BeforeAll
    static void start() throws Exception {
        Path etc = Files.createDirectories(folder.resolve("home/etc/plugins"));
        Files.writeString(etc.resolve("courier.json"), "{\"site\": \"north\"}");
        run();
        container.drop(jar(), "courier.jar");
        container.awaitState("courier", "READY");
    }

    private static void run() throws Exception {
        Map<String, String> environment = Map.of(
                "MORTISE_PLUGINS_COURIER_ENV", "COURIER_ROUNDS",
                "COURIER_ROUNDS", "7",
                "COURIER_CURRENCY", "XXX",
                "MORTISE_HOST_TENANT_AUTH_DEADLINE_S", "1");
        container = Container.start(PRODUCT, folder.resolve("home"), environment, "--shell")
                .awaitReady();
        admin = container.admin();
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    private static Path jar() {
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

    /** A tenant of one test, and what it has. */
    private record Tenant(String slug) {
        static Tenant add(String slug) {
            assertThat(admin.post("/api/v1/tenants", "{\"slug\":\"" + slug + "\"}")
                            .status())
                    .isEqualTo(201);
            return new Tenant(slug);
        }

        String plugin() {
            return "/api/v1/tenants/" + slug + "/plugins/courier";
        }

        Answer configure(String json) {
            return admin.send("PUT", plugin() + "/config", json);
        }

        Answer credentials(String key) {
            String json = "{\"methodId\":\"key\",\"credentials\":{\"apiKey\":\"" + key + "\"}}";
            return admin.send("PUT", plugin() + "/auth", json);
        }

        Answer validate() {
            return admin.post(plugin() + "/validate-auth", "");
        }

        String told(String what) {
            return admin.tenant(slug).get("/api/v1/p/courier/" + what).body();
        }
    }

    @Test
    void valuesOfTheTenantGoBeforeTheEnvironmentAndThatBeforeTheDefault() throws Exception {
        Tenant acme = Tenant.add("given");
        assertThat(acme.told("currency")).isEqualTo("EUR");
        assertThat(acme.told("rounds")).isEqualTo("7");
        assertThat(acme.told("heard")).contains("site north");

        assertThat(acme.configure("{\"currency\":\"USD\",\"rounds\":0}").status())
                .isEqualTo(200);

        assertThat(acme.told("currency")).isEqualTo("USD");
        assertThat(acme.told("rounds")).isEqualTo("0");
        assertThat(acme.told("heard")).contains("configUpdated given USD");
        assertThat(admin.tenant("default").get("/api/v1/p/courier/currency").body())
                .isEqualTo("EUR");

        container.close();
        run();
        container.awaitState("courier", "READY");
        assertThat(acme.told("currency")).isEqualTo("USD");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNothingChanges() {
        Tenant acme = Tenant.add("wrong");
        Answer refused = acme.configure("{\"currency\":\"usd\",\"rounds\":1.5,\"oops\":1}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(refused.json().path("problems").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/currency", "/rounds", "/oops");
        assertThat(acme.told("currency")).isEqualTo("EUR");
    }

    @Test
    void credentialsAreValidatedByThePluginAndTheTimeIsKept() {
        Tenant acme = Tenant.add("judged");
        assertThat(acme.validate().status()).isEqualTo(409);
        assertThat(acme.credentials(CANARY).json().path("auth").has("validatedAt"))
                .isFalse();
        assertThat(acme.told("heard")).contains("connected judged " + CANARY.length());

        assertThat(acme.validate().body()).isEqualTo("{\"valid\":true}");
        JsonNode shown = admin.get(acme.plugin()).json();
        assertThat(shown.path("auth").path("methodId").asText()).isEqualTo("key");
        assertThat(shown.path("auth").has("validatedAt")).isTrue();
        assertThat(shown.path("config").toString()).isEqualTo("{\"apiKey\":\"****\"}");

        acme.credentials("bad-canary");
        assertThat(acme.validate().body()).isEqualTo("{\"valid\":false,\"message\":\"401: '****' is not known.\"}");
        acme.credentials("slow-canary");
        Answer late = acme.validate();
        assertThat(late.status()).isEqualTo(504);
    }

    @Test
    void aSecretIsFoundNowhereAndOutlivesTheRotationOfItsKey() throws Exception {
        Tenant acme = Tenant.add("secret");
        PipedShell shell = new PipedShell(container);
        StringBuilder seen = new StringBuilder();
        seen.append(acme.configure("{\"pin\":\"" + PIN + "\",\"rounds\":3}").body());
        seen.append(acme.credentials(CANARY).body());
        seen.append(acme.configure("{\"pin\":\"****\",\"apiKey\":\"****\",\"rounds\":\"" + PIN + "\"}")
                .body());
        seen.append(admin.get(acme.plugin() + "/config").body());
        seen.append(admin.get("/api/v1/tenants/secret/plugins").body());
        seen.append(acme.validate().body());
        seen.append(shell.type("config secret courier"));
        seen.append(shell.type("config secret courier rounds 4"));
        assertThat(seen).contains("****");

        assertThat(shell.type("secrets rotate")).contains(" secrets are sealed anew with key ");

        assertThat(acme.told("pin")).isEqualTo("pin of length " + PIN.length());
        assertThat(acme.told("rounds")).isEqualTo("4");
        assertThat(acme.validate().body()).isEqualTo("{\"valid\":true}");
        shell.type("config secret courier pin " + TYPED);
        assertThat(acme.told("pin")).isEqualTo("pin of length " + TYPED.length());
        Path key = container.home().resolve("data/secrets-key");
        assertThat(Files.readAllLines(key)).hasSize(2);
        assertThat(shell.type("secrets drop")).endsWith("There is no older key.");
        assertThat(Files.readAllLines(key)).hasSize(1);
        assertThat(container.anonymous().get("/health").status()).isEqualTo(200);
        assertThat(acme.told("pin")).isEqualTo("pin of length " + TYPED.length());
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
        Tenant acme = Tenant.add("reborn");
        String path = "/api/v1/tenants/reborn";
        acme.configure("{\"pin\":\"" + PIN + "\",\"currency\":\"USD\"}");
        acme.credentials(CANARY);
        assertThat(acme.told("pin")).isEqualTo("pin of length " + PIN.length());
        assertThat(acme.told("currency")).isEqualTo("USD");

        admin.send("DELETE", path + "?confirm=reborn", "");
        Wait.until("the tenant is gone", () -> admin.get(path).status() == 404);
        assertThat(admin.post("/api/v1/tenants", "{\"slug\":\"reborn\"}").status())
                .isEqualTo(201);

        assertThat(acme.told("currency")).isEqualTo("EUR");
        assertThat(acme.told("pin")).doesNotContain("of length");
        assertThat(acme.configure("{\"pin\":\"****\"}").status()).isEqualTo(400);
        assertThat(acme.configure("{\"rounds\":2}").json().path("config").toString())
                .isEqualTo("{\"rounds\":2}");
        assertThat(admin.get(path).json().path("id").asText()).isNotEqualTo("reborn");
    }

    private static void assertNoSecret(String text) {
        assertThat(text).isNotEmpty().doesNotContain(CANARY).doesNotContain(PIN).doesNotContain(TYPED);
    }
}
