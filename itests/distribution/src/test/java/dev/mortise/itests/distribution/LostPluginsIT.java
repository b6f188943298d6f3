// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.itests.distribution.Operator.PLUGINS;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wanted and can't be brought back says so, until somebody does something about it. */
final class LostPluginsIT {
    private static final Product PRODUCT = Product.find();
    private static final String OLD = "1.0.0";
    private static final String NEW = "1.1.0";
    private static final String LOST = "The bytes of sent 1.0.0 (sha256 ";

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        operator().install(VersionedJar.of(plugin("sent"), OLD));
    }

    @Test
    void bytesThatAreLostAreToldUntilAnotherVersionComes() throws Exception {
        loseBytes();
        restart(Map.of(), "--shell");

        assertRejected(LOST);
        assertThat(container
                        .admin()
                        .get(PLUGINS + "/sent/why")
                        .json()
                        .path("remedy")
                        .asText())
                .isEqualTo("Deploy it again, or run 'uninstall sent'.");
        assertThat(new PipedShell(container).type("why sent")).contains(LOST);
        container.drop(GeneratedPlugin.of("other", OLD).write(folder.resolve("other.jar")), "other.jar");
        container.awaitServing("other", OLD);
        restart(Map.of());
        assertRejected(LOST);

        operator().install(VersionedJar.of(plugin("sent"), NEW));
        restart(Map.of());

        container.awaitServing("sent", NEW);
        assertThat(operator().served("sent")).isEqualTo(NEW);
        assertThat(wanted()).containsExactly(NEW);
    }

    @Test
    void bytesThatAreLostAreForgottenByOrder() throws Exception {
        loseBytes();
        restart(Map.of());
        assertRejected(LOST);

        Operator.done(container.admin().send("DELETE", PLUGINS + "/sent?wait=true", ""));

        assertThat(container.admin().get(PLUGINS + "/sent").status()).isEqualTo(404);
        assertThat(wanted()).isEmpty();
    }

    @Test
    void bytesThatWereLostAreKeptAgainWhenTheSameJarIsSent() throws Exception {
        loseBytes();
        restart(Map.of());

        operator().install(VersionedJar.of(plugin("sent"), OLD));
        assertThat(operator().served("sent")).isEqualTo(OLD);
        restart(Map.of());
        deleteStore();
        restart(Map.of());

        assertThat(operator().served("sent")).isEqualTo(OLD);
    }

    @Test
    void whatIsNotTakenAnyMoreIsToldAndComesBackWhenItIsTakenAgain() throws Exception {
        restart(Map.of("MORTISE_HOST_INTAKE_MAX_ENTRIES", "1"));
        assertRejected("sent-1.0.0.jar ");

        restart(Map.of());

        container.awaitServing("sent", OLD);
        assertThat(operator().served("sent")).isEqualTo(OLD);
    }

    private void assertRejected(String sentence) {
        container.awaitState("sent", "REJECTED");
        assertThat(operator().plugin("sent").path("reason").asText()).startsWith(sentence);
        assertThat(container.admin().get(PLUGINS).body()).contains(sentence);
        assertThat(container
                        .admin()
                        .get(PLUGINS + "/sent/why")
                        .json()
                        .path("summary")
                        .asText())
                .startsWith(sentence);
        Answer refused = container.client().get(GeneratedPlugin.route("sent"));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("PLUGIN_NOT_READY").contains(sentence);
        assertThat(wanted()).containsExactly(OLD);
    }

    private void loseBytes() throws Exception {
        EmbeddedDatabase.of(container)
                .column("DELETE FROM mortise.artifact_part p USING mortise.artifact a"
                        + " WHERE a.sha256 = p.sha256 AND a.plugin_id = 'sent' RETURNING 1");
        deleteStore();
    }

    private void deleteStore() throws IOException {
        try (Stream<Path> files = Files.list(container.home().resolve("data/store"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private List<String> wanted() {
        return EmbeddedDatabase.of(container)
                .column("SELECT version FROM mortise.desired_plugin WHERE plugin_id = 'sent'");
    }

    private void restart(Map<String, String> environment, String... arguments) throws Exception {
        assertThat(container.terminate()).isZero();
        container = Container.start(PRODUCT, folder.resolve("home"), environment, arguments)
                .awaitReady();
    }

    private Operator operator() {
        return Operator.of(container);
    }
}
