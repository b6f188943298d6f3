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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs after the container was down: what was desired, whatever became of files meanwhile. */
final class TruthIT {
    private static final Product PRODUCT = Product.find();
    private static final String OLD = "1.0.0";
    private static final String NEW = "1.1.0";

    @TempDir
    private static Path folder;

    @AutoClose
    private static Container container;

    private static String toldFirst = "";

    /** Everything is deployed first and the container started anew once: what held before must hold after. */
    @BeforeAll
    static void deployAndRestart() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        for (String id : List.of("over", "gone", "stays", "changed", "spoilt", "unlucky", "dismissed", "moved")) {
            drop(id, OLD, id + ".jar");
        }
        drop("back", OLD, "back-1.0.0.jar");
        drop("two", OLD, "two-1.0.0.jar");
        for (String id : List.of("over", "gone", "stays", "changed", "spoilt", "unlucky", "dismissed", "moved")) {
            container.awaitServing(id, OLD);
        }
        container.awaitServing("back", OLD);
        container.awaitServing("two", OLD);
        operator().install(VersionedJar.of(plugin("sent"), OLD));
        drop("back", NEW, "back-1.1.0.jar");
        drop("over", NEW, "over.jar");
        drop("two", NEW, "two-1.1.0.jar");
        container.drop(BrokenUpdate.throwing("unlucky").jar().writeTo(folder.resolve("broken.jar")), "unlucky.jar");
        for (String id : List.of("back", "over", "two")) {
            container.awaitServing(id, NEW);
        }
        operator().order("back", "rollback");
        operator().order("over", "rollback");
        assertRolledBack();
        toldFirst = markers().firstLine("unlucky.jar.failed");
        Operator.done(container.admin().send("DELETE", "/api/v1/plugins/dismissed?wait=true", ""));

        restart(() -> {
            container.remove("gone.jar");
            drop("changed", NEW, "changed.jar");
            Files.writeString(plugins("spoilt.jar"), "This is no jar.");
            Files.move(plugins("moved.jar"), plugins("renamed.jar"));
            container.remove("two-1.1.0.jar");
        });
    }

    @Test
    void whatWasRolledBackStaysSo() throws Exception {
        container.awaitServing("back", OLD);
        assertRolledBack();
    }

    private static void assertRolledBack() throws IOException {
        assertThat(operator().served("back")).isEqualTo(OLD);
        assertThat(markers().firstLine("back-1.1.0.jar.superseded")).startsWith("back 1.1.0 is superseded by 1.0.0.");
        assertThat(markers().of("back-1.1.0.jar")).containsExactly("back-1.1.0.jar.superseded");
        assertThat(markers().firstLine("back-1.0.0.jar.deployed")).startsWith("back 1.0.0 ");
    }

    @Test
    void whatWasRolledBackStaysSoWhenItsJarIsOverwritten() throws Exception {
        container.awaitServing("over", OLD);
        assertThat(operator().served("over")).isEqualTo(OLD);
        markers().firstLine("over.jar.superseded");
        assertThat(markers().of("over.jar")).containsExactly("over.jar.superseded");
    }

    @Test
    void aJarThatWasRemovedMeanwhileIsUndeployed() {
        container.awaitServing("stays", OLD);
        Wait.until(
                "it is gone",
                () -> container.admin().get("/api/v1/plugins/gone").status() == 404);
        Wait.until("its marker too", () -> markers().of("gone.jar").isEmpty());
    }

    @Test
    void aJarThatWasChangedMeanwhileIsDeployed() throws Exception {
        container.awaitServing("changed", NEW);
        assertThat(operator().served("changed")).isEqualTo(NEW);
        Wait.until(
                "the marker tells",
                () -> markers().firstLine("changed.jar.deployed").startsWith("changed 1.1.0 "));
        assertThat(markers().of("changed.jar")).containsExactly("changed.jar.deployed");
    }

    @Test
    void aJarThatWasOverwrittenWithGarbageTakesNothingAway() throws Exception {
        container.awaitServing("spoilt", OLD);
        assertThat(markers().firstLine("spoilt.jar.failed")).isEqualTo("spoilt.jar is not a zip file.");
        assertThat(markers().of("spoilt.jar")).containsExactly("spoilt.jar.failed");
        assertThat(operator().served("spoilt")).isEqualTo(OLD);
    }

    @Test
    void aFailedUpdateIsToldStill() throws Exception {
        container.awaitServing("unlucky", OLD);
        assertThat(operator().served("unlucky")).isEqualTo(OLD);
        assertThat(toldFirst).contains("the activator has no luck");
        assertThat(markers().firstLine("unlucky.jar.failed")).isEqualTo(toldFirst);
        assertThat(container.admin().get("/api/v1/plugins/unlucky/why").body()).contains("the activator has no luck");
    }

    @Test
    void whatWasSentNeedsNoFile() throws Exception {
        container.awaitServing("sent", OLD);
        assertThat(operator().served("sent")).isEqualTo(OLD);
        assertThat(markers().of("sent")).isEmpty();
    }

    @Test
    void whatWasRemovedByOrderStaysAway() {
        container.awaitState("worker-token", "READY");
        assertThat(container.admin().get("/api/v1/plugins/dismissed").status()).isEqualTo(404);
    }

    @Test
    void aJarThatWasRenamedMeanwhileIsTheSame() throws Exception {
        container.awaitServing("moved", OLD);
        assertThat(markers().firstLine("renamed.jar.deployed")).startsWith("moved 1.0.0 ");
        Wait.until("its old marker is gone", () -> markers().of("moved.jar").isEmpty());
    }

    @Test
    void whenTheNewerOfTwoJarsWasRemovedMeanwhileTheOlderRuns() throws Exception {
        container.awaitServing("two", OLD);
        assertThat(markers().firstLine("two-1.0.0.jar.deployed")).startsWith("two 1.0.0 ");
    }

    @Test
    void lostCopiesComeBackFromTheDatabase() throws Exception {
        drop("dropped", OLD, "dropped.jar");
        container.awaitServing("dropped", OLD);
        operator().install(VersionedJar.of(plugin("copied"), OLD));

        restart(() -> {
            delete("data/store");
            delete("data/cache");
        });

        container.awaitServing("dropped", OLD);
        container.awaitServing("copied", OLD);
        assertThat(operator().served("dropped")).isEqualTo(OLD);
        assertThat(operator().served("copied")).isEqualTo(OLD);
    }

    @Test
    void whatWasSentOverAJarStays() throws Exception {
        drop("topped", OLD, "topped.jar");
        container.awaitServing("topped", OLD);
        operator().install(VersionedJar.of(plugin("topped"), NEW));

        restart(() -> {});

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
        container = Container.start(PRODUCT, container.home()).awaitReady();
        container.awaitServing("sure", NEW);
        assertThat(operator().served("sure")).isEqualTo(NEW);

        operator().order("sure", "rollback");
        container.kill();
        container = Container.start(PRODUCT, container.home()).awaitReady();
        container.awaitServing("sure", OLD);
        assertThat(operator().served("sure")).isEqualTo(OLD);
    }

    /** What happens to files while the container is down. */
    private interface Event {
        void happen() throws IOException;
    }

    private static void restart(Event meanwhile) throws Exception {
        assertThat(container.terminate()).isZero();
        meanwhile.happen();
        container = Container.start(PRODUCT, container.home()).awaitReady();
    }

    private static void drop(String id, String version, String name) throws IOException {
        container.drop(GeneratedPlugin.of(id, version).write(folder.resolve("next.jar")), name);
    }

    private static Path plugins(String name) {
        return container.home().resolve("plugins").resolve(name);
    }

    private static void delete(String below) throws IOException {
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

    private static Operator operator() {
        return Operator.of(container);
    }

    private static Markers markers() {
        return Markers.of(container);
    }
}
