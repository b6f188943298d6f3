// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files that are dropped into the watched folder. */
final class FolderIT {
    private static final Product PRODUCT = Product.find();
    private static final String WAITS = "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports':"
            + " no plugin offers it. Deploy plugin 'inventory'.";

    @AutoClose
    private static Container container;

    private static PipedShell shell;
    private static Markers markers;

    @TempDir
    private Path made;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), "--shell").awaitReady();
        shell = new PipedShell(container);
        markers = Markers.of(container);
    }

    @Test
    void nothingStaysOfAPluginThatIsRemovedAndItsJarCanComeBack() throws Exception {
        Path jar = plugin("brief").jar().writeTo(made.resolve("brief.jar"));
        Operator operator = Operator.of(container);
        container.drop(jar, "brief.jar");
        container.awaitState("brief", "READY");

        Operator.done(container.admin().send("DELETE", Operator.PLUGINS + "/brief?wait=true", ""));

        assertThat(container.home().resolve("plugins/brief.jar")).doesNotExist();
        Wait.until("its marker is gone", () -> markers.of("brief.jar").isEmpty());
        assertThat(operator.plugin("brief").path("code").asText()).isEqualTo("PLUGIN_NOT_FOUND");

        container.drop(jar, "brief.jar");

        container.awaitState("brief", "READY");
        assertThat(markers.firstLine("brief.jar.deployed")).startsWith("brief 1.0.0 ");
        container.remove("brief.jar");
        Wait.until("its marker is gone too", () -> markers.of("brief.jar").isEmpty());
    }

    @Test
    void anUpdateUnderAnotherNameIsNoticedByNobody() throws Exception {
        container.drop(GeneratedPlugin.of("renamed", "1.0.0").write(made.resolve("old.jar")), "renamed-1.0.0.jar");
        container.awaitServing("renamed", "1.0.0");
        Path next = GeneratedPlugin.of("renamed", "1.1.0").write(made.resolve("next.jar"));

        try (Callers callers = Callers.of(() -> container.client().get(GeneratedPlugin.route("renamed")))) {
            container.remove("renamed-1.0.0.jar");
            container.drop(next, "renamed-1.1.0.jar");
            container.awaitServing("renamed", "1.1.0");
            callers.awaitSuccess();
            assertThat(callers.statuses()).containsExactly(200);
        }
        container.remove("renamed-1.1.0.jar");
    }

    @Test
    void aPluginWaitsForItsProviderAndStartsByItself() throws Exception {
        container.drop(PRODUCT.example("reports"), "reports.jar");

        assertThat(markers.firstLine("reports.jar.waiting")).isEqualTo(WAITS);
        container.awaitState("reports", "WAITING");
        JsonNode why = container.admin().get("/api/v1/plugins/reports/why").json();
        assertThat(why.path("summary").asText()).isEqualTo(WAITS);
        assertThat(why.path("problems").path(0).path("code").asText()).isEqualTo("MISSING_DEPENDENCY");
        assertThat(shell.type("why reports")).contains(WAITS);
        assertThat(Files.readString(container.home().resolve("log/mortise.log")))
                .contains(WAITS);
        Answer call = container.client().post("/api/v1/p/reports/reports/generate", "{}");
        assertThat(call.status()).isEqualTo(503);
        assertThat(call.code()).isEqualTo("PLUGIN_NOT_READY");
        assertThat(call.json().path("detail").asText()).contains(WAITS);

        container.drop(PRODUCT.example("inventory"), "inventory.jar");

        container.awaitState("inventory", "READY");
        container.awaitState("reports", "READY");
        assertThat(markers.firstLine("inventory.jar.deployed")).matches("inventory 1\\.0\\.0 [0-9a-f]{64}");
        assertThat(markers.firstLine("reports.jar.deployed")).matches("reports 1\\.0\\.0 [0-9a-f]{64}");
        assertThat(markers.of("reports.jar")).containsExactly("reports.jar.deployed");
        assertThat(container
                        .client()
                        .post("/api/v1/p/reports/reports/generate", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCircleIsRefusedWithItsPath() throws Exception {
        String sentence = "Circular dependency detected: plugin-a -> plugin-b -> plugin-c -> plugin-a";
        dropRing("plugin-a", "plugin-b");
        dropRing("plugin-b", "plugin-c");
        dropRing("plugin-c", "plugin-a");

        for (String member : List.of("plugin-a", "plugin-b", "plugin-c")) {
            container.awaitState(member, "REJECTED");
            assertThat(markers.firstLine(member + ".jar.failed")).isEqualTo(sentence);
            JsonNode problem = container
                    .admin()
                    .get("/api/v1/plugins/" + member + "/why")
                    .json()
                    .path("problems")
                    .path(0);
            assertThat(problem.path("message").asText()).isEqualTo(sentence);
            assertThat(problem.path("path")).hasSize(4);
            assertThat(shell.type("why " + member)).contains(sentence);
        }
    }

    @Test
    void aMismatchNamesBothVersions() throws Exception {
        Path jar = plugin("wants-newer")
                .needs("worker-token.tokens", "^2.0.0")
                .jar()
                .writeTo(made.resolve("wants-newer.jar"));
        container.awaitState("worker-token", "READY");

        container.drop(jar, "wants-newer.jar");

        assertThat(markers.firstLine("wants-newer.jar.waiting"))
                .isEqualTo("Version mismatch for worker-token.tokens: requires ^2.0.0, installed 1.0.0."
                        + " Deploy worker-token.tokens 2.x or relax the range in plugin 'wants-newer'.");
    }

    @Test
    void aMigrationOutsideThePluginsPrefixFailsAndLeavesNothing() throws Exception {
        Path jar = plugin("vandal")
                .jar()
                .withMigration("1__fine.sql", "CREATE TABLE p_vandal__fine (id int)")
                .withMigration("2__tokens.sql", "CREATE TABLE tokens (id int)")
                .writeTo(made.resolve("vandal.jar"));

        container.drop(jar, "vandal.jar");

        container.awaitState("vandal", "FAILED");
        assertThat(markers.firstLine("vandal.jar.failed"))
                .isEqualTo("Migration 2 (tokens) of plugin 'vandal' would create 'tokens', which is outside p_vandal__."
                        + " Nothing was changed.");
        assertThat(EmbeddedDatabase.of(container).schemasWith("tokens")).isEmpty();
        assertThat(container.client().get("/api/v1/p/vandal/things").status()).isEqualTo(503);
    }

    @Test
    void aTextFileIsRefusedAtOnceAndLeftAlone() throws Exception {
        Path text = Files.writeString(made.resolve("x.jar"), "This is no jar.");
        Instant dropped = Instant.now();

        container.drop(text, "x.jar");

        assertThat(markers.firstLine("x.jar.failed")).isEqualTo("x.jar is not a zip file.");
        // The promise is 2 s; a busy machine gets ten times that.
        assertThat(Duration.between(dropped, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(container.home().resolve("plugins/x.jar")).hasContent("This is no jar.");
        JsonNode files = container.admin().get("/api/v1/plugins").json().path("files");
        assertThat(files.findValuesAsText("file")).contains("x.jar");
        assertThat(shell.type("plugins")).contains("x.jar").contains("REJECTED");
    }

    @Test
    void aBundleWithoutPluginJsonIsRefused() throws Exception {
        Path jar = PRODUCT.root().resolve("bundles/dev.mortise.api/target/dev.mortise.api-1.0.0.jar");

        container.drop(jar, "api.jar");

        assertThat(markers.firstLine("api.jar.failed"))
                .isEqualTo("api.jar is a bundle but no plugin: plugin.json is missing at its root."
                        + " 'mortise new' makes one.");
    }

    @Test
    void everyViolationOfTheManifestIsToldAtOnce() throws Exception {
        Path jar = plugin("Bad Id")
                .version("one")
                .needs("inventory.products", "not a range")
                .jar()
                .writeTo(made.resolve("bad.jar"));

        container.drop(jar, "bad.jar");

        markers.firstLine("bad.jar.failed");
        assertThat(Files.readString(container.home().resolve("plugins/bad.jar.failed")))
                .contains("/id")
                .contains("/version")
                .contains("/api/dependencies/0/version");
    }

    @Test
    void aMarkerGoesWithItsJar() throws Exception {
        Path text = Files.writeString(made.resolve("gone.jar"), "no jar");
        container.drop(text, "gone.jar");
        markers.firstLine("gone.jar.failed");

        Files.delete(container.home().resolve("plugins/gone.jar"));

        Wait.until("the marker is gone", () -> markers.of("gone.jar").isEmpty());
    }

    private void dropRing(String name, String next) throws Exception {
        Path jar = plugin(name)
                .offers(name + ".things")
                .needs(next + ".things", "^1.0.0")
                .jar()
                .writeTo(made.resolve(name + ".jar"));
        container.drop(jar, name + ".jar");
    }
}
