// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container that is killed at random instants while a plugin with tables is updated and called: what comes back is the
 * old or the new version, and nothing is left of the other. Every version brings one migration more.
 */
final class UpdateKillsIT {
    private static final Product PRODUCT = Product.find();
    private static final int KILLS = Integer.getInteger("test.kills", 5);
    /** An update takes about half of that. */
    private static final int LATEST_MILLIS = 800;

    private static final int PER_SECOND = 200;
    private static final String ID = "stock";
    private static final String JAR = "stock.jar";

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), "--shell").awaitReady();
    }

    @Test
    void everyKillEndsInTheOldOrTheNew() throws Exception {
        container.drop(version(0), JAR);
        container.awaitServing(ID, name(0));
        for (int update = 1; update <= KILLS; update++) {
            int millis = random.nextInt(LATEST_MILLIS);
            String what = "seed %d, update %d, killed after %d ms".formatted(seed, update, millis);
            killDuringUpdate(update, millis, what);

            start();

            String came = Operator.of(container).served(ID);
            System.out.printf("%s: %s came back%n", what, came);
            assertThat(came).as(what).isIn(name(update - 1), name(update));
            container.awaitServing(ID, name(update));
            Wait.until("the other version is gone; " + what, this::settled);
            assertMarkers(update, what);
            assertDatabase(EmbeddedDatabase.of(container), update, what);
            assertThat(names(container.home().resolve("data/store")))
                    .as(what)
                    .allMatch(name -> name.matches("[0-9a-f]{64}\\.jar"));
        }
    }

    private void killDuringUpdate(int update, int millis, String what) throws Exception {
        SeenVersions seen = new SeenVersions();
        Call call = Call.get(container.client(), GeneratedPlugin.route(ID)).expecting(seen);
        Path jar = version(update);
        try (LoadClient load = LoadClient.start(PER_SECOND, call)) {
            seen.awaitMore(50);
            container.drop(jar, JAR);
            TimeUnit.MILLISECONDS.sleep(millis);
            container.kill();

            assertThat(load.end().failures().keySet())
                    .as("%s: nobody was answered anything but one of the two", what)
                    .allMatch(failure -> failure.contains("Exception"));
        }
        assertThat(seen.versions()).as(what).isSubsetOf(name(update - 1), name(update));
    }

    private boolean settled() throws IOException {
        return bundles() == 1
                && Operator.of(container).plugin(ID).path("versions").size() == 1
                && EmbeddedDatabase.of(container)
                        .column("SELECT id FROM mortise.deployment WHERE state = 'RUNNING'")
                        .isEmpty();
    }

    private void assertMarkers(int update, String what) throws IOException {
        Wait.until(
                "the marker tells; " + what,
                () -> Markers.of(container).firstLine(JAR + ".deployed").startsWith(ID + " " + name(update) + " "));
        assertThat(names(container.home().resolve("plugins")))
                .as(what)
                .containsExactlyInAnyOrder(
                        JAR, JAR + ".deployed", "worker-token-1.0.0.jar", "worker-token-1.0.0.jar.deployed");
    }

    private static void assertDatabase(EmbeddedDatabase database, int update, String what) {
        assertThat(database.column("SELECT version || ' ' || role FROM mortise.desired_plugin WHERE plugin_id = ?", ID))
                .as(what)
                .containsExactly(name(update) + " ACTIVE");
        assertThat(database.column(
                        "SELECT version FROM mortise._plugin_migrations WHERE plugin_id = ? ORDER BY version", ID))
                .as(what)
                .containsExactlyElementsOf(
                        migrations(update).mapToObj(String::valueOf).toList());
        assertThat(database.pluginSchemas()).as(what).containsExactly("p_stock", "p_worker_token");
        assertThat(database.pluginRoles())
                .as(what)
                .filteredOn(role -> role.contains(ID))
                .hasSize(2)
                .anyMatch(role -> role.endsWith("_owner"))
                .anyMatch(role -> role.endsWith("_app"));
        assertThat(database.column("SELECT rolname FROM pg_roles WHERE rolname LIKE '%\\_owner' AND rolcanlogin"))
                .as(what)
                .isEmpty();
    }

    private Path version(int update) {
        PluginJar jar = VersionedJar.of(plugin(ID), name(update));
        migrations(update)
                .forEach(number -> jar.withMigration(
                        number + "__things.sql", "CREATE TABLE p_stock__things_%d (id int)".formatted(number)));
        return jar.writeTo(folder.resolve("next.jar"));
    }

    private static String name(int update) {
        return "1." + update + ".0";
    }

    private static IntStream migrations(int update) {
        return IntStream.rangeClosed(1, update + 1);
    }

    /** Answers how many bundles of the plugin the framework has. */
    private long bundles() throws IOException {
        return new PipedShell(container)
                .type("felix:lb -l")
                .lines()
                .filter(line -> line.contains("mortise:" + ID + ":"))
                .count();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
