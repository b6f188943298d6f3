// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs after the container was down: what was desired, whatever became of files meanwhile. */
final class TruthIT {
    private static final Product PRODUCT = Product.find();
    private static final String OLD = "1.0.0";
    private static final String NEW = "1.1.0";

    @TempDir
    private Path folder;

    private Container container;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
    }

    @Test
    void whatWasRolledBackStaysSo() throws Exception {
        drop("back", OLD, "back-1.0.0.jar");
        container.awaitServing("back", OLD);
        drop("back", NEW, "back-1.1.0.jar");
        container.awaitServing("back", NEW);
        operator().order("back", "rollback");
        assertRolledBack();

        restart();

        container.awaitServing("back", OLD);
        assertRolledBack();
    }

    private void assertRolledBack() throws IOException {
        assertThat(operator().served("back")).isEqualTo(OLD);
        assertThat(markers().firstLine("back-1.1.0.jar.superseded")).startsWith("back 1.1.0 is superseded by 1.0.0.");
        assertThat(markers().of("back-1.1.0.jar")).containsExactly("back-1.1.0.jar.superseded");
        assertThat(markers().firstLine("back-1.0.0.jar.deployed")).startsWith("back 1.0.0 ");
    }

    @Test
    void whatWasRolledBackStaysSoWhenItsJarIsOverwritten() throws Exception {
        drop("over", OLD, "over.jar");
        container.awaitServing("over", OLD);
        drop("over", NEW, "over.jar");
        container.awaitServing("over", NEW);
        operator().order("over", "rollback");

        restart();

        container.awaitServing("over", OLD);
        assertThat(operator().served("over")).isEqualTo(OLD);
        markers().firstLine("over.jar.superseded");
        assertThat(markers().of("over.jar")).containsExactly("over.jar.superseded");
    }

    @Test
    void aJarThatWasRemovedMeanwhileIsUndeployed() throws Exception {
        drop("gone", OLD, "gone.jar");
        drop("stays", OLD, "stays.jar");
        container.awaitServing("gone", OLD);
        container.awaitServing("stays", OLD);

        restart(() -> container.remove("gone.jar"));

        container.awaitServing("stays", OLD);
        Wait.until(
                "it is gone",
                () -> container.admin().get("/api/v1/plugins/gone").status() == 404);
        Wait.until("its marker too", () -> markers().of("gone.jar").isEmpty());
    }

    @Test
    void aJarThatWasChangedMeanwhileIsDeployed() throws Exception {
        drop("changed", OLD, "changed.jar");
        container.awaitServing("changed", OLD);

        restart(() -> drop("changed", NEW, "changed.jar"));

        container.awaitServing("changed", NEW);
        assertThat(operator().served("changed")).isEqualTo(NEW);
        Wait.until(
                "the marker tells",
                () -> markers().firstLine("changed.jar.deployed").startsWith("changed 1.1.0 "));
        assertThat(markers().of("changed.jar")).containsExactly("changed.jar.deployed");
    }

    @Test
    void aJarThatWasOverwrittenWithGarbageTakesNothingAway() throws Exception {
        drop("spoilt", OLD, "spoilt.jar");
        container.awaitServing("spoilt", OLD);

        restart(() -> Files.writeString(plugins("spoilt.jar"), "This is no jar."));

        container.awaitServing("spoilt", OLD);
        assertThat(markers().firstLine("spoilt.jar.failed")).isEqualTo("spoilt.jar is not a zip file.");
        assertThat(markers().of("spoilt.jar")).containsExactly("spoilt.jar.failed");
        assertThat(operator().served("spoilt")).isEqualTo(OLD);
    }

    @Test
    void aFailedUpdateIsToldStill() throws Exception {
        drop("unlucky", OLD, "unlucky.jar");
        container.awaitServing("unlucky", OLD);
        container.drop(BrokenUpdate.throwing("unlucky").jar().writeTo(folder.resolve("broken.jar")), "unlucky.jar");
        String reason = markers().firstLine("unlucky.jar.failed");
        assertThat(reason).contains("the activator has no luck");

        restart();

        container.awaitServing("unlucky", OLD);
        assertThat(operator().served("unlucky")).isEqualTo(OLD);
        assertThat(markers().firstLine("unlucky.jar.failed")).isEqualTo(reason);
        assertThat(container.admin().get("/api/v1/plugins/unlucky/why").body()).contains("the activator has no luck");
    }

    @Test
    void lostCopiesComeBackFromTheDatabase() throws Exception {
        drop("dropped", OLD, "dropped.jar");
        container.awaitServing("dropped", OLD);
        operator().install(VersionedJar.of(plugin("sent"), OLD));

        restart(() -> {
            delete("data/store");
            delete("data/cache");
        });

        container.awaitServing("dropped", OLD);
        container.awaitServing("sent", OLD);
        assertThat(operator().served("dropped")).isEqualTo(OLD);
        assertThat(operator().served("sent")).isEqualTo(OLD);
    }

    @Test
    void whatWasSentNeedsNoFile() throws Exception {
        operator().install(VersionedJar.of(plugin("sent"), OLD));

        restart();

        container.awaitServing("sent", OLD);
        assertThat(operator().served("sent")).isEqualTo(OLD);
        assertThat(markers().of("sent")).isEmpty();
    }

    @Test
    void whatWasRemovedByOrderStaysAwayThoughItsJarLiesThere() throws Exception {
        drop("dismissed", OLD, "dismissed.jar");
        container.awaitServing("dismissed", OLD);
        Operator.done(container.admin().send("DELETE", "/api/v1/plugins/dismissed?wait=true", ""));

        restart();

        container.awaitState("worker-token", "READY");
        assertThat(container.admin().get("/api/v1/plugins/dismissed").status()).isEqualTo(404);
    }

    @Test
    void aJarThatWasRenamedMeanwhileIsTheSame() throws Exception {
        drop("moved", OLD, "moved.jar");
        container.awaitServing("moved", OLD);

        restart(() -> Files.move(plugins("moved.jar"), plugins("renamed.jar")));

        container.awaitServing("moved", OLD);
        assertThat(markers().firstLine("renamed.jar.deployed")).startsWith("moved 1.0.0 ");
        Wait.until("its old marker is gone", () -> markers().of("moved.jar").isEmpty());
    }

    @Test
    void whenTheNewerOfTwoJarsWasRemovedMeanwhileTheOlderRuns() throws Exception {
        drop("two", OLD, "two-1.0.0.jar");
        container.awaitServing("two", OLD);
        drop("two", NEW, "two-1.1.0.jar");
        container.awaitServing("two", NEW);

        restart(() -> container.remove("two-1.1.0.jar"));

        container.awaitServing("two", OLD);
        assertThat(markers().firstLine("two-1.0.0.jar.deployed")).startsWith("two 1.0.0 ");
    }

    @Test
    void whatWasSentOverAJarStays() throws Exception {
        drop("topped", OLD, "topped.jar");
        container.awaitServing("topped", OLD);
        operator().install(VersionedJar.of(plugin("topped"), NEW));

        restart();

        container.awaitServing("topped", NEW);
        assertThat(markers().firstLine("topped.jar.superseded")).startsWith("topped 1.0.0 is superseded by 1.1.0.");

        restart(() -> container.remove("topped.jar"));

        container.awaitServing("topped", NEW);
    }

    @Test
    void whatWasAnsweredSurvivesAKillAtOnce() throws Exception {
        operator().install(VersionedJar.of(plugin("sure"), OLD));
        operator().install(VersionedJar.of(plugin("sure"), NEW));
        container.kill();
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        assertThat(operator().served("sure")).isEqualTo(NEW);

        operator().order("sure", "rollback");
        container.kill();
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        assertThat(operator().served("sure")).isEqualTo(OLD);
    }

    /** What happens to files while the container is down. */
    private interface Event {
        void happen() throws IOException;
    }

    private void restart() throws Exception {
        restart(() -> {});
    }

    private void restart(Event meanwhile) throws Exception {
        assertThat(container.terminate()).isZero();
        meanwhile.happen();
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
    }

    private void drop(String id, String version, String name) throws IOException {
        container.drop(GeneratedPlugin.of(id, version).write(folder.resolve("next.jar")), name);
    }

    private Path plugins(String name) {
        return container.home().resolve("plugins").resolve(name);
    }

    private void delete(String below) throws IOException {
        try (Stream<Path> files = Files.walk(container.home().resolve(below))) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private Operator operator() {
        return Operator.of(container);
    }

    private Markers markers() {
        return Markers.of(container);
    }
}
